#!/usr/bin/env bash
set -euo pipefail
# shellcheck source=scripts/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"

help_if_asked 'Usage: scripts/test/integration.sh [ARGUMENTS OF PYTEST]

The integration tests, with the servers that DATABASE_URL<<@if redis in FEATURE_STORE>>, REDIS_URL<<@end>> and MLFLOW_TRACKING_URI name.
What is not there is skipped and listed; REQUIRE_SERVICES=1 makes it a failure.' "$@"

cd "$project"
in_environment pytest tests/integration "$@"
