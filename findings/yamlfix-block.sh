#!/usr/bin/env bash
# yamlfix 1.19.1: takes blank lines out of literal blocks.
#
# Expected: what stands in a `|` block is the value itself, which a fixer of style does not touch. A
# blank line there separates the paragraphs of a mail, a commit message or a script.
# Seen: the blank line is gone, and with it the paragraph, as if it stood between two keys.
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check yamlfix==1.19.1 ruyaml==0.91.0 maison==2.0.2 PyYAML==6.0.4
cd -- "$work"

printf '%s\n' '---' 'message: |' '  Subject' '' '  Body' 'sender: me' >mail.yaml
cp mail.yaml before.yaml
venv/bin/yamlfix mail.yaml >log 2>&1 || {
    cat log >&2
    exit 1
}

seen="$(
    venv/bin/python - <<'PYTHON'
import json

import yaml

for label, name in (("before", "before.yaml"), ("after ", "mail.yaml")):
    with open(name) as file:
        print(label, json.dumps(yaml.safe_load(file)["message"]))
PYTHON
)"

printf '%s\n' "$seen"
was="$(
    cat <<'END'
before "Subject\n\nBody\n"
after  "Subject\nBody\n"
END
)"
if [[ "$seen" != "$was" ]]; then
    printf 'the behaviour has changed; it was:\n%s\n' "$was" >&2
    exit 1
fi
