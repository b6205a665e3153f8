#!/usr/bin/env bash
set -euo pipefail
# shellcheck source=scripts/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"

help_if_asked 'Usage: scripts/setup/install_poetry.sh

Installs Poetry by pipx, unless it is there already. The images use the same version.' "$@"

version=2.5.1

if command -v poetry >/dev/null; then
    say "$(poetry --version) is there"
    exit
fi
command -v pipx >/dev/null || fail 'install pipx first: https://pipx.pypa.io'
pipx install "poetry==$version"
command -v poetry >/dev/null ||
    fail "add $(pipx environment --value PIPX_BIN_DIR) to PATH, and run this again"
