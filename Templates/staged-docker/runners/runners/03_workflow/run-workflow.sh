#!/usr/bin/env bash
# Everything: the data, the images, and the engine in production.
set -euo pipefail

# shellcheck source=runners/common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/../common.sh"

port=4<<PORT_BLOCK|plus(1)|pad(4)>>
wait_seconds=60
prepare='prepare-update.sh'

usage() {
    cat <<TEXT
Usage: run-workflow.sh [--replace]

Runs stage 1, stages 2 and 3, then starts production and waits until the engine
answers on port $port.

  --replace   prepare with prepare-replace.sh instead of prepare-update.sh

Environment: COMPOSE (default: docker compose), POSTGRES_PASSWORD (default: from .env)
TEXT
}

# The first line of the answer to GET /health, asked without tools that a host may lack.
health_status() {
    local status=
    {
        printf 'GET /health HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' >&3
        read -r -t 2 status <&3
    } 3<>"/dev/tcp/127.0.0.1/$port"
    printf '%s' "$status"
}

wait_until_healthy() {
    local deadline=$((SECONDS + wait_seconds)) status=
    while ((SECONDS < deadline)); do
        status="$(health_status 2>/dev/null)" || true
        if [[ "$status" == *' 200 '* ]]; then
            return 0
        fi
        sleep 0.5
    done
    printf 'no answer from http://127.0.0.1:%d/health in %d seconds; see the logs:\n' \
        "$port" "$wait_seconds" >&2
    printf '  %s -f docker-compose.prod.yml logs engine\n' "${compose[*]}" >&2
    return 1
}

if [[ "${1:-}" == --replace ]]; then
    prepare='prepare-replace.sh'
    shift
fi
only_help "$@"

step 'stage 1' "$root/runners/01_prepare-data/$prepare"
step 'stages 2 and 3' "$root/runners/02_docker-build/build-images.sh"
# With the new image, even if an older one is running.
step 'production: start' compose_file prod up -d --force-recreate engine
step 'production: wait for the engine' wait_until_healthy
printf 'The engine answers on http://127.0.0.1:%d<<@if EXAMPLE>>/search?q=harbour<<@else>>/result<<@end>>\n' "$port"
