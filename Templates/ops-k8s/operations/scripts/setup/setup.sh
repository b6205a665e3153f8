#!/usr/bin/env bash
set -euo pipefail
# shellcheck source=scripts/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"

help_if_asked 'Usage: scripts/setup/setup.sh

Everything that a fresh clone needs: Poetry, the dependencies, .env and, in a git repository, the
hooks. It may be run again.' "$@"

cd "$project"
scripts/setup/install_poetry.sh
# The Python that was chosen, whichever others Poetry finds; an environment that is active stays.
if [[ -z "${VIRTUAL_ENV:-}" ]]; then
    python="$(<.python-version)"
    # Poetry looks in the path; uv knows more of them, and brings one that is nowhere.
    if ! command -v "python$python" >/dev/null && command -v uv >/dev/null; then
        uv python find --system "$python" >/dev/null 2>&1 || uv python install "$python"
        python="$(uv python find --system "$python")"
    fi
    poetry env use "$python"
fi
# Makes poetry.lock as well, if there is none: commit it.
poetry install
scripts/setup/create_env.sh
if git rev-parse --git-dir >/dev/null 2>&1; then
    scripts/setup/install_hooks.sh
else
    say 'no git repository yet: after git init, run scripts/setup/install_hooks.sh'
fi
