#!/usr/bin/env bash
# Runs main.py of the folder in src/ that is called as this script is, from any directory.
set -euo pipefail

root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)"
step="$(basename -- "${BASH_SOURCE[0]}" .sh)"

# DEV, hence 3xxxx ports, unless something above says otherwise: a compose file says PROD.
export RUNTIME_ENV="${RUNTIME_ENV:-DEV}"
export PYTHONPATH="$root/src${PYTHONPATH:+:$PYTHONPATH}"

# The virtual environment that is active, else the project's own, else whatever Python there is.
python=python3
if [[ -z "${VIRTUAL_ENV:-}" && -x "$root/.venv/bin/python" ]]; then
    python="$root/.venv/bin/python"
fi

# -P keeps modules of the working directory out; exec lets signals reach Python itself.
exec "${PYTHON:-$python}" -P -m "task__$step.main" "$@"
