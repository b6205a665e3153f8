#!/usr/bin/env bash
# Train, register, serve, predict, in containers: see --help.
set -euo pipefail
# shellcheck source=scripts/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"

help_if_asked 'Usage: scripts/demo/containers.sh

Builds the images, starts the services of ops/local (one of them trains and registers a model), asks
for predictions, and takes everything down again, data included. It is a project of its own: it does
not touch what Compose has started in ops/local, and publishes nothing but one free port.' "$@"

cd "$project"
command -v docker >/dev/null || fail 'docker is not there'
scripts/setup/create_env.sh

overlay="$(mktemp)"
# For as long as the demo, whoever is on this machine may ask.
export API_KEYS=
compose=(docker compose --env-file .env --project-name '<<PROJECT_NAME>>-demo'
    --file ops/local/docker-compose.yml --file "$overlay")

stop() {
    local status=$?
    trap - EXIT
    if ((status != 0)); then
        "${compose[@]}" logs --tail 20 >&2 || true
    fi
    "${compose[@]}" down --volumes --timeout 25 || true
    rm -f "$overlay"
    exit "$status"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

printf 'services: {api: {ports: ["127.0.0.1::8000"]}}\n' >"$overlay"

say '== images, tables, features, a model, and the API that serves it'
"${compose[@]}" up --build --detach --wait
api="http://$("${compose[@]}" port api 8000)"

say '== the model that answers'
curl --fail-with-body --silent --show-error "$api/v1/model"
say ''
say '== a prediction'
curl --fail-with-body --silent --show-error "$api/v1/predictions" \
    --json '{"customer_id": "c001"}'
say ''
