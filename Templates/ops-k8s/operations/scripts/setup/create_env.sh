#!/usr/bin/env bash
set -euo pipefail
# shellcheck source=scripts/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"

help_if_asked 'Usage: scripts/setup/create_env.sh

Makes .env from ops/envs/.env.example, with a random password. One that is there stays as it is.' "$@"

cd "$project"
if [[ -e .env ]]; then
    say '.env is there'
    exit
fi
password="$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')"
# A file of its own first, so that .env is never there in half; nobody else may read it.
(umask 077 && sed "s/^POSTGRES_PASSWORD=$/&$password/" ops/envs/.env.example >.env.new)
mv .env.new .env
say 'made .env'
