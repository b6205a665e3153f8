#!/usr/bin/env bash
# Writes what the database has into a file that restore.sh reads.
set -euo pipefail

# shellcheck source=scripts_db/common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

usage() {
    cat <<'TEXT'
Usage: backup.sh [FILE]

Writes the database to FILE, which must not exist yet; by default to a file in backups/
that is named after RUNTIME_ENV and the time. Prints where it is.

Environment: RUNTIME_ENV (DEV, or PROD for the database of stage 1),
COMPOSE (default: docker compose)
TEXT
}

case "${1:-}" in
-h | --help)
    usage
    exit 0
    ;;
-*)
    usage >&2
    exit 2
    ;;
esac

# The data is nobody else's to read.
umask 077
backup="${1:-$root/backups/$runtime_env-$(date -u +%Y%m%dT%H%M%SZ).dump}"
[[ ! -e "$backup" ]] || fail "$backup exists already"
mkdir -p -- "$(dirname -- "$backup")"

# Complete or absent.
trap 'rm -f -- "$backup.partial"' EXIT
in_database pg_dump --format=custom >"$backup.partial"
mv -- "$backup.partial" "$backup"
printf '%s\n' "$backup"
