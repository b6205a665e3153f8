#!/usr/bin/env bash
# uv 0.13.9: one line of an env file that it does not like takes all lines below it away.
#
# Expected: `uv run --env-file` stops, as it does for a file that is not there, or leaves out the line.
# A value with a blank and no quotes is what `docker run --env-file` and python-dotenv take as it is.
# Seen: a warning; every line below is dropped as well, the command runs without them, and the exit
# code is 0: a service comes up with the defaults for what stands further down in its file.
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check uv==0.13.9
cd -- "$work"

printf 'A=1\nB=two, three\nC=3\nD=4\n' >blank.env

run_with() {
    local code=0
    env -u A -u B -u C -u D venv/bin/uv run --no-project --no-config --offline \
        --python venv/bin/python --env-file "$1" env >out 2>err || code=$?
    printf '%s: ' "$1"
    grep -E '^[ABCD]=' out | sort | tr '\n' ' '
    printf 'exit code %d\n' "$code"
    grep warning: err || true
}

seen="$(run_with blank.env)"

printf '%s\n' "$seen"
was="$(
    cat <<'END'
blank.env: A=1 exit code 0
warning: Failed to parse environment file `blank.env` at position 5: two, three
END
)"
if [[ "$seen" != "$was" ]]; then
    printf 'the behaviour has changed; it was:\n%s\n' "$was" >&2
    exit 1
fi
