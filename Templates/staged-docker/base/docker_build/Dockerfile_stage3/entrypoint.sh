#!/usr/bin/env bash
# The engine becomes process 1 by exec, so that SIGTERM reaches it.
set -euo pipefail

root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)"
engine="$(awk '$2 == "engine" { print $1 }' "$root/src/shared_utils/steps.txt")"
exec "$root/scripts_sh/$engine.sh"
