#!/usr/bin/env bash
# Gives the database what a backup has.
set -euo pipefail

# shellcheck source=scripts_db/common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

usage() {
    cat <<'TEXT'
Usage: restore.sh FILE

Replaces the tables that FILE, a backup by backup.sh, has; all of them or, if anything is
wrong, none. Tables that the backup does not know stay.

Environment: RUNTIME_ENV (DEV, or PROD for the database of stage 1),
COMPOSE (default: docker compose)
TEXT
}

case "${1:-}" in
-h | --help)
    usage
    exit 0
    ;;
'' | -*)
    usage >&2
    exit 2
    ;;
esac

[[ -f "$1" && -r "$1" ]] || fail "$1 is not a file that can be read"
in_database pg_restore --clean --if-exists --no-owner --single-transaction <"$1"
printf 'the database of %s has what %s has\n' "$runtime_env" "$1"
