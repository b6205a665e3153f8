# What the scripts share; sourced, not run.
# shellcheck shell=bash

project="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# Where pipx, uv and install_poetry.sh put programs; not every shell looks there.
PATH="$PATH:${HOME:-}/.local/bin"

say() {
    printf '%s\n' "$*" >&2
}

fail() {
    printf 'error: %s\n' "$1" >&2
    exit "${2:-1}"
}

# Prints the text and ends, if the first argument asks for help.
help_if_asked() {
    local text="$1"
    if [[ "${2:-}" == -h || "${2:-}" == --help ]]; then
        printf '%s\n' "$text"
        exit
    fi
}

# Becomes a command in the virtual environment that is active, else in .venv, else in that of Poetry.
exec_in_environment() {
    local environment="${VIRTUAL_ENV:-$project/.venv}"
    if [[ -x "$environment/bin/python" ]]; then
        PATH="$environment/bin:$PATH" exec "$@"
    elif command -v poetry >/dev/null; then
        exec poetry --directory "$project" run "$@"
    else
        fail 'neither a virtual environment nor Poetry: run scripts/setup/setup.sh'
    fi
}

in_environment() {
    (exec_in_environment "$@")
}
