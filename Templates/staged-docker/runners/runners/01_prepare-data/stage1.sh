# shellcheck shell=bash
# Stage 1 for the scripts beside it, each of which is one configuration of it.

# shellcheck source=runners/common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/../common.sh"

# stage1 REPLACE: true removes from the database what the input no longer has, false keeps it.
stage1() {
    local replace="$1"
    require_password
    # The volume stays: the database knows next time what it has.
    trap 'compose_file stage1-prepare-data down || true' EXIT
    step 'stage 1: build the image' compose_file stage1-prepare-data build prepare
    step 'stage 1: prepare the data' compose_file stage1-prepare-data run --rm -T \
        -e INPUT_REPLACE="$replace" prepare
}
