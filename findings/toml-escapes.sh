#!/usr/bin/env bash
# toml 0.10.2: texts of quotes are read as empty, and a backslash before an x is written as another letter.
#
# Expected: `k = "\"\""` is a text of two quotation marks, and what `toml.dumps` has written is read back
# as it was, by itself and by any other reader of TOML.
# Seen: escaped quotes with nothing beside them are read as the empty text; beside a letter they are
# right. The text `\x41` of four characters is written as the escape of the
# letter A: it cannot tell its own escape from that of the user.
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check toml==0.10.2 tomli==2.5.0
cd -- "$work"

seen="$(
    venv/bin/python - <<'PYTHON'
import json

import toml
import tomli


def read(reader, literal):
    found = json.dumps(reader.loads(f"k = {literal}\n"))
    print(f"{reader.__name__:5} reads {literal:6} as {found}")


read(toml, r'"\""')
read(toml, r'"\"\""')
read(tomli, r'"\"\""')
read(toml, r'"a\"\""')
text = r"\x41"
written = toml.dumps({"k": text})
print("toml  writes", json.dumps(text), "as", written.strip())
print("tomli reads that as", json.dumps(tomli.loads(written)))
PYTHON
)"

printf '%s\n' "$seen"
was="$(
    cat <<'END'
toml  reads "\""   as {"k": ""}
toml  reads "\"\"" as {"k": ""}
tomli reads "\"\"" as {"k": "\"\""}
toml  reads "a\"\"" as {"k": "a\"\""}
toml  writes "\\x41" as k = "\u0041"
tomli reads that as {"k": "A"}
END
)"
if [[ "$seen" != "$was" ]]; then
    printf 'the behaviour has changed; it was:\n%s\n' "$was" >&2
    exit 1
fi
