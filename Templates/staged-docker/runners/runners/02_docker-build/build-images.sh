#!/usr/bin/env bash
# Stages 2 and 3, in this order: the engine image is built on top of the data image.
set -euo pipefail

# shellcheck source=runners/common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/../common.sh"

# What the step above the engine leaves is what the engine serves.
list="$root/src/shared_utils/steps.txt"
shipped="$(awk '$2 == "engine" { print above } /^[0-9]/ { above = $1 }' "$list")"
data="data/prod/$shipped.jsonl"

usage() {
    cat <<TEXT
Usage: build-images.sh

Stage 2: builds the data image from $data and verifies it.
Stage 3: builds the engine image on top of it and tries it.

Environment: COMPOSE (default: docker compose)
TEXT
}

require_data() {
    [[ -f "$root/$data" ]] ||
        fail "$data does not exist: run runners/01_prepare-data/prepare-update.sh first"
}

only_help "$@"
step 'stage 2: find the prepared data' require_data
step 'stage 2: build the data image' compose_file stage2-build-data-image build data
step 'stage 2: verify the data image' compose_file stage2-build-data-image run --rm -T data
step 'stage 3: build the engine image' compose_file stage3-build-engine-image build engine
step 'stage 3: try the engine image' compose_file stage3-build-engine-image run --rm -T engine
