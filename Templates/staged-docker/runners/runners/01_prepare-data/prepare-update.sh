#!/usr/bin/env bash
# Stage 1 that adds the input to what the database has.
set -euo pipefail

# shellcheck source=runners/01_prepare-data/stage1.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/stage1.sh"

usage() {
    cat <<'TEXT'
Usage: prepare-update.sh

Stage 1: adds the <<@if EXAMPLE>>documents<<@else>>records<<@end>> of data/input to the database, updates those that changed,
and writes the prepared data to data/prod.

Environment: COMPOSE (default: docker compose), POSTGRES_PASSWORD (default: from .env)
TEXT
}

only_help "$@"
stage1 false
