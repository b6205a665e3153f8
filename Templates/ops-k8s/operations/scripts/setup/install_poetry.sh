#!/usr/bin/env bash
set -euo pipefail
# shellcheck source=scripts/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"

help_if_asked 'Usage: scripts/setup/install_poetry.sh

Installs Poetry by pipx, by uv, or into a virtual environment of its own, unless it is there already.
The images use the same version.' "$@"

version=2.5.1

if command -v poetry >/dev/null; then
    say "$(poetry --version) is there"
    exit
fi
if command -v pipx >/dev/null; then
    pipx install "poetry==$version"
    folder="$(pipx environment --value PIPX_BIN_DIR)"
elif command -v uv >/dev/null; then
    uv tool install "poetry==$version"
    folder="$(uv tool dir --bin)"
elif python="$(command -v "python$(<"$project/.python-version")" || command -v python3)"; then
    # Where Poetry's own installer has it.
    environment="$HOME/.local/share/pypoetry/venv"
    folder="$HOME/.local/bin"
    "$python" -m venv "$environment"
    "$environment/bin/pip" install "poetry==$version"
    mkdir -p "$folder"
    ln -sf "$environment/bin/poetry" "$folder/poetry"
else
    fail 'install Python, pipx or uv first, or Poetry itself: https://python-poetry.org/docs/#installation'
fi
command -v poetry >/dev/null || fail "add $folder to PATH, and run this again"
