#!/usr/bin/env bash
set -euo pipefail
# shellcheck source=scripts/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"

help_if_asked 'Usage: scripts/test/all.sh [ARGUMENTS OF PYTEST]

All suites, the fastest first; the first that fails is the last that runs.' "$@"

for suite in unit integration performance e2e; do
    say "== $suite"
    # 5 means that none of this suite was chosen, by `-k` for example.
    "$project/scripts/test/$suite.sh" "$@" || (($? == 5))
done
