#!/usr/bin/env bash
# Stage 1 after which the database has what the input has, and nothing else.
set -euo pipefail

# shellcheck source=runners/01_prepare-data/stage1.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/stage1.sh"

usage() {
    cat <<'TEXT'
Usage: prepare-replace.sh

Stage 1 like prepare-update.sh, and <<@if EXAMPLE>>documents<<@else>>records<<@end>> that data/input no longer has are removed
from the database (INPUT_REPLACE=true).

Environment: COMPOSE (default: docker compose), POSTGRES_PASSWORD (default: from .env)
TEXT
}

only_help "$@"
stage1 true
