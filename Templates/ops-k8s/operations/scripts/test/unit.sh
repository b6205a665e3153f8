#!/usr/bin/env bash
set -euo pipefail
# shellcheck source=scripts/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"

help_if_asked 'Usage: scripts/test/unit.sh [ARGUMENTS OF PYTEST]

The unit tests: each module by itself, nothing started.' "$@"

cd "$project"
in_environment pytest tests/unit "$@"
