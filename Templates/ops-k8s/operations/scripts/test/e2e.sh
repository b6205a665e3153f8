#!/usr/bin/env bash
set -euo pipefail
# shellcheck source=scripts/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"

help_if_asked 'Usage: scripts/test/e2e.sh [ARGUMENTS OF PYTEST]

The end-to-end tests: from the sample to a prediction over HTTP.' "$@"

cd "$project"
in_environment pytest tests/e2e "$@"
