#!/usr/bin/env bash
# Runs src/task__<<STEP_INDEX|plus(10)|pad(3)>>__<<STEP>>/main.py, from any directory.
set -euo pipefail

root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)"

# DEV, hence 3xxxx ports, unless something above says otherwise: a compose file says PROD.
export RUNTIME_ENV="${RUNTIME_ENV:-DEV}"
export PYTHONPATH="$root/src${PYTHONPATH:+:$PYTHONPATH}"

# -P keeps modules of the working directory out; exec lets signals reach Python itself.
exec "${PYTHON:-python3}" -P -m task__<<STEP_INDEX|plus(10)|pad(3)>>__<<STEP>>.main "$@"
