#!/usr/bin/env bash
# install.sh PIP: installs the requirements beside this file, exactly as locked where a lock is there.
set -euo pipefail

requirements="$(dirname -- "${BASH_SOURCE[0]}")/requirements"
list="$requirements.txt"
if [[ -f "$requirements.lock" ]]; then
    list="$requirements.lock"
fi
exec "$1" install --no-cache-dir -r "$list"
