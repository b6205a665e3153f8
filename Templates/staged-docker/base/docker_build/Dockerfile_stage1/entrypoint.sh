#!/usr/bin/env bash
# Runs the preparing steps in order and stops at the first that fails.
set -euo pipefail

root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)"
steps="$(awk '/^[0-9]/ && $2 != "engine" { print $1 }' "$root/src/shared_utils/steps.txt")"

# What is written into a mounted folder belongs to the owner of that folder. With a rootless
# engine that owner is root inside the container, and nothing changes.
if [[ "$(id -u)" == 0 ]]; then
    data_dir="${DATA_DIR:-$root/data/prod}"
    owner="$(stat -c %u "$data_dir")"
    if [[ "$owner" != 0 ]]; then
        group="$(stat -c %g "$data_dir")"
        exec setpriv --reuid="$owner" --regid="$group" --clear-groups -- "${BASH_SOURCE[0]}"
    fi
fi

# As process 1 of a container a shell ignores SIGTERM unless it handles it.
child=
trap 'kill -TERM ${child:+"$child"} 2>/dev/null || true; wait ${child:+"$child"} || true; exit 143' TERM

for step in $steps; do
    "$root/scripts_sh/$step.sh" &
    child=$!
    code=0
    wait "$child" || code=$?
    if [[ "$code" != 0 ]]; then
        printf 'error: step %s failed with exit code %d\n' "$step" "$code" >&2
        exit "$code"
    fi
done
