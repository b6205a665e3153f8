# shellcheck shell=bash
# What backup.sh and restore.sh have in common; they source it, then call these functions.

root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)"

# COMPOSE may be another program, with arguments of its own: COMPOSE=podman-compose
read -r -a compose <<<"${COMPOSE:-docker compose}"

fail() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

# Whose database is meant, and the port on which it listens, inside its container as outside.
runtime_env="${RUNTIME_ENV:-DEV}"
case "$runtime_env" in
DEV) file=docker-compose.dev.yml port=3<<PORT_BLOCK|pad(4)>> ;;
PROD) file=docker-compose.stage1-prepare-data.yml port=4<<PORT_BLOCK|pad(4)>> ;;
*) fail "RUNTIME_ENV='$runtime_env' is malformed: expected PROD or DEV" ;;
esac

# in_database PROGRAM ARGUMENTS...: one of PostgreSQL's own programs, of the version of the server.
in_database() {
    local program="$1"
    shift
    "${compose[@]}" -f "$root/$file" exec -T database \
        "$program" --username=pipeline --port="$port" --dbname=pipeline "$@" ||
        fail "$program failed; the database has to run: ${compose[*]} -f $file up -d database"
}
