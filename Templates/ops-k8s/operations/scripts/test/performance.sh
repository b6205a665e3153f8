#!/usr/bin/env bash
set -euo pipefail
# shellcheck source=scripts/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"

help_if_asked 'Usage: scripts/test/performance.sh [ARGUMENTS OF PYTEST]

The performance tests: latency, load, number of queries.
LATENCY_BUDGET_SECONDS is what 95% of the predictions may take: 1, unless it is set.' "$@"

cd "$project"
in_environment pytest tests/performance "$@"
