#!/usr/bin/env bash
# yamlfix 1.19.1: takes the quotes off a text that is a number of base 60 without them.
#
# Expected: a fixer of style leaves every value what it was. `"22:22"` is the usual way to write a port
# in a compose file, in quotes because YAML 1.1 reads `22:22` as 22 times 60 plus 22.
# Seen: the quotes go. The file is read by PyYAML (and what else speaks YAML 1.1) as 1342. The texts
# `"yes"`, `"012"` and `"1e3"` in the same file keep theirs.
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check yamlfix==1.19.1 ruyaml==0.91.0 maison==2.0.2 PyYAML==6.0.4
cd -- "$work"

printf '%s\n' '---' 'ports:' '  - "22:22"' 'answer: "yes"' 'mode: "012"' 'id: "1e3"' >compose.yaml
cp compose.yaml before.yaml
venv/bin/yamlfix compose.yaml >log 2>&1 || {
    cat log >&2
    exit 1
}

seen="$(
    grep -v -e '---' compose.yaml
    venv/bin/python - <<'PYTHON'
import json

import yaml

for label, name in (("before", "before.yaml"), ("after ", "compose.yaml")):
    with open(name) as file:
        print(label, json.dumps(yaml.safe_load(file)))
PYTHON
)"

printf '%s\n' "$seen"
was="$(
    cat <<'END'
ports: [22:22]
answer: 'yes'
mode: '012'
id: '1e3'
before {"ports": ["22:22"], "answer": "yes", "mode": "012", "id": "1e3"}
after  {"ports": [1342], "answer": "yes", "mode": "012", "id": "1e3"}
END
)"
if [[ "$seen" != "$was" ]]; then
    printf 'the behaviour has changed; it was:\n%s\n' "$was" >&2
    exit 1
fi
