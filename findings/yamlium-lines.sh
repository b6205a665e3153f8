#!/usr/bin/env bash
# yamlium 0.3.1: what YAML folds is not folded, and the mark at a document's end becomes a value.
#
# Expected: a text without quotes that goes on in the next line is one line, with a blank for the line's
# end, as every reader of YAML has it, and as yamlium has it for a text in quotes. `...` ends a document.
# Seen: the text keeps its line ends and the indentation of the file, so that a command that was broken
# for its width is several. `...` is a line of the last value. Changed by yamlium and written again, the
# file is what it was, and nothing shows what the program has read.
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check yamlium==0.3.1 PyYAML==6.0.4
cd -- "$work"

seen="$(
    venv/bin/python - <<'PYTHON'
import json

import yaml
import yamlium

for text in (
    "run: python -m server\n  production\n",
    'run: "python -m server\n  production"\n',
    "stage: dev\n...\n",
):
    print(json.dumps(text))
    print("  PyYAML ", json.dumps(yaml.safe_load(text)))
    document = yamlium.parse(text)
    same = "the same" if document.to_yaml() == text else "another file"
    print("  yamlium", json.dumps(document.to_dict()), "and writes", same)
PYTHON
)"

printf '%s\n' "$seen"
was="$(
    cat <<'END'
"run: python -m server\n  production\n"
  PyYAML  {"run": "python -m server production"}
  yamlium {"run": "python -m server\n  production"} and writes the same
"run: \"python -m server\n  production\"\n"
  PyYAML  {"run": "python -m server production"}
  yamlium {"run": "python -m server production"} and writes the same
"stage: dev\n...\n"
  PyYAML  {"stage": "dev"}
  yamlium {"stage": "dev\n..."} and writes the same
END
)"
if [[ "$seen" != "$was" ]]; then
    printf 'the behaviour has changed; it was:\n%s\n' "$was" >&2
    exit 1
fi
