#!/usr/bin/env bash
# PyYAML 6.0.4, ruamel.yaml 0.19.1, strictyaml 1.7.3: `=` is a text of YAML that they do not read.
#
# Expected: `op: =` is a map with a text of one character. YAML 1.2, which ruamel.yaml speaks, has no
# other meaning for it, and writers in other languages write it bare.
# Seen: both refuse it for a type of YAML 1.1 that they know and have nothing for, and the loader of
# strictyaml, where every scalar is a text, gives an object that is none. `==` and `=a` are texts.
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check PyYAML==6.0.4 ruamel.yaml==0.19.1 strictyaml==1.7.3
cd -- "$work"

seen="$(
    venv/bin/python - <<'PYTHON'
import strictyaml
import yaml
from ruamel.yaml import YAML


def try_to_read(name, read, text="op: =\n"):
    try:
        print(name, type(read(text)["op"]).__name__)
    except Exception as error:
        print(name, type(error).__name__)


try_to_read("PyYAML", yaml.safe_load)
try_to_read("ruamel.yaml", YAML(typ="safe", pure=True).load)
try_to_read("strictyaml", lambda text: strictyaml.load(text).data)
try_to_read("PyYAML, ==", yaml.safe_load, "op: ==\n")
PYTHON
)"

printf '%s\n' "$seen"
was="$(
    cat <<'END'
PyYAML ConstructorError
ruamel.yaml ConstructorError
strictyaml TaggedScalar
PyYAML, == str
END
)"
if [[ "$seen" != "$was" ]]; then
    printf 'the behaviour has changed; it was:\n%s\n' "$was" >&2
    exit 1
fi
