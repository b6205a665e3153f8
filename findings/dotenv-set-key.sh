#!/usr/bin/env bash
# python-dotenv 1.2.4: `set_key` writes what `get_key` does not read back.
#
# Expected: a value that `set_key` was given comes back from `get_key`; it writes single quotes round the
# value, which protect a `$` in every shell.
# Seen: `${NAME}` is replaced within single quotes too, by what the variable holds or by nothing, and
# `set_key` has no other form for it. `$NAME` is not replaced anywhere, not even without quotes.
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check python-dotenv==1.2.4
cd -- "$work"

seen="$(
    env -u AMOUNT venv/bin/python - <<'PYTHON'
import json
from pathlib import Path

import dotenv

file = Path(".env")
for text in ("pay ${AMOUNT} now", "pay $AMOUNT now", "it's C:\\dir\\"):
    file.write_text("")
    dotenv.set_key(file, "K", text)
    written, read = file.read_text().strip(), dotenv.get_key(file, "K")
    print(json.dumps(text), "is written as", written, "and read as", json.dumps(read))
PYTHON
)"

printf '%s\n' "$seen"
was="$(
    cat <<'END'
"pay ${AMOUNT} now" is written as K='pay ${AMOUNT} now' and read as "pay  now"
"pay $AMOUNT now" is written as K='pay $AMOUNT now' and read as "pay $AMOUNT now"
"it's C:\\dir\\" is written as K='it\'s C:\\dir\\' and read as "it's C:\\dir\\"
END
)"
if [[ "$seen" != "$was" ]]; then
    printf 'the behaviour has changed; it was:\n%s\n' "$was" >&2
    exit 1
fi
