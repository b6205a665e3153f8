# shellcheck shell=bash
# What the runners have in common; they source it, then call these functions.

root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)"

# COMPOSE may be another program, with arguments of its own: COMPOSE=podman-compose
read -r -a compose <<<"${COMPOSE:-docker compose}"

fail() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

# step NAME COMMAND...: the first command that fails ends the runner, and NAME says where.
step() {
    local name="$1" code=0
    shift
    printf '==> %s\n' "$name" >&2
    "$@" || code=$?
    if [[ "$code" != 0 ]]; then
        printf 'error: step "%s" failed with exit code %d\n' "$name" "$code" >&2
        exit "$code"
    fi
}

# compose_file NAME ARGUMENTS...: compose with docker-compose.NAME.yml
compose_file() {
    local name="$1"
    shift
    "${compose[@]}" -f "$root/docker-compose.$name.yml" "$@"
}

# For scripts without options of their own.
only_help() {
    case "${1:-}" in
    '') ;;
    -h | --help)
        usage
        exit 0
        ;;
    *)
        usage >&2
        printf 'error: unknown argument %s\n' "$1" >&2
        exit 2
        ;;
    esac
}

require_password() {
    if [[ -n "${POSTGRES_PASSWORD:-}" ]]; then
        return
    fi
    if [[ ! -f "$root/.env" ]]; then
        fail "there is no $root/.env: copy .env.example to .env, chmod 600 it and set POSTGRES_PASSWORD"
    fi
    if ! grep -q '^POSTGRES_PASSWORD=.' "$root/.env"; then
        fail "POSTGRES_PASSWORD has no value in $root/.env: set one (README.md, First run)"
    fi
}
