#!/usr/bin/env bash
set -euo pipefail
# shellcheck source=scripts/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"

help_if_asked 'Usage: scripts/setup/install_hooks.sh

Lets git run the checks of .pre-commit-config.yaml before each commit.' "$@"

cd "$project"
git rev-parse --git-dir >/dev/null 2>&1 || fail 'this is no git repository yet: git init'
in_environment pre-commit install
