#!/usr/bin/env bash
# The engine becomes process 1 by exec, so that SIGTERM reaches it.
set -euo pipefail

root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)"
exec "$root/scripts_sh/<<STEP_INDEX|plus(10)|pad(3)>>__<<STEP>>.sh"
