#!/usr/bin/env bash
# django-environ 0.14.0: takes two pairs of quotes off a value.
#
# Expected: the outer pair quotes, and what is in it is the value: a JSON text or a title in double
# quotes, put between single ones, keeps its own, as in a shell and in python-dotenv.
# Seen: both pairs go where the outer one is single, and one where it is double. With `K = v`, which
# python-dotenv takes, the line is left out, and nothing but a log record says so.
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check django-environ==0.14.0 python-dotenv==1.2.4
cd -- "$work"

cat >.env <<'ENV'
SINGLE='"v"'
DOUBLE="'v'"
SPACED = v
ENV

seen="$(
    env -u SINGLE -u DOUBLE -u SPACED venv/bin/python - 2>/dev/null <<'PYTHON'
import json
import os

import dotenv
import environ

names = ("SINGLE", "DOUBLE", "SPACED")
print("python-dotenv ", json.dumps(dotenv.dotenv_values(".env")))
environ.Env.read_env(".env")
print("django-environ", json.dumps({name: os.environ.get(name) for name in names}))
PYTHON
)"

printf '%s\n' "$seen"
was="$(
    cat <<'END'
python-dotenv  {"SINGLE": "\"v\"", "DOUBLE": "'v'", "SPACED": "v"}
django-environ {"SINGLE": "v", "DOUBLE": "'v'", "SPACED": null}
END
)"
if [[ "$seen" != "$was" ]]; then
    printf 'the behaviour has changed; it was:\n%s\n' "$was" >&2
    exit 1
fi
