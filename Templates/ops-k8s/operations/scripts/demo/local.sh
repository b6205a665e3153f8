#!/usr/bin/env bash
# Train, register, serve, predict: see --help.
set -euo pipefail
# shellcheck source=scripts/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../common.sh"

help_if_asked 'Usage: scripts/demo/local.sh

Features, training, registration, serving and predictions, as processes of this machine, on free
ports. PostgreSQL<<@if redis in FEATURE_STORE>> and Redis<<@end>> are those of .env or of the environment (DATABASE_URL<<@if redis in FEATURE_STORE>>, REDIS_URL<<@end>>);
MLflow is started for the demo and knows nothing before it and after it.

  scripts/setup/setup.sh
  sh -c "cd ops/local && docker compose --env-file ../../.env up --detach --wait postgres<<@if redis in FEATURE_STORE>> redis<<@end>>"
  scripts/demo/local.sh' "$@"

cd "$project"
work="$(mktemp -d)"
processes=()

stop() {
    local status=$?
    trap - EXIT
    local process
    # An empty list would be an error in the bash of macOS.
    for process in ${processes[@]+"${processes[@]}"}; do
        # With its children: MLflow leaves them behind.
        kill -- "-$process" 2>/dev/null || true
        wait "$process" 2>/dev/null || true
    done
    if ((status != 0)); then
        tail -n 20 "$work"/*.log >&2 2>/dev/null || true
    fi
    rm -rf "$work"
    exit "$status"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

free_port() {
    in_environment python -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# start NAME COMMAND…: in the background, with a log and a process group of its own
start() {
    local name="$1"
    shift
    set -m
    exec_in_environment "$@" >"$work/$name.log" 2>&1 &
    set +m
    started=$!
    processes+=("$started")
}

# wait_for NAME URL: until it answers, or its process is gone
wait_for() {
    local name="$1" url="$2" deadline=$((SECONDS + 300))
    until curl --fail --silent --output /dev/null "$url"; do
        kill -0 "$started" 2>/dev/null || fail "$name did not start"
        ((SECONDS < deadline)) || fail "$name does not answer after 300 seconds"
        sleep 0.5
    done
}

# ask PATH [JSON]
ask() {
    curl --fail-with-body --silent --show-error --header "$key" "$api$1" ${2:+--json "$2"}
    printf '\n'
}

say '== MLflow'
mlflow_port="$(free_port)"
# Nobody here gives its server jobs.
MLFLOW_SERVER_ENABLE_JOB_EXECUTION=false start mlflow \
    mlflow server --host 127.0.0.1 --port "$mlflow_port" --workers 1 \
    --allowed-hosts "127.0.0.1:$mlflow_port" --backend-store-uri "sqlite:///$work/mlflow.db" \
    --artifacts-destination "$work/artifacts"
wait_for MLflow "http://127.0.0.1:$mlflow_port/health"
export MLFLOW_TRACKING_URI="http://127.0.0.1:$mlflow_port"

say '== the tables'
in_environment python -m src.database.migrate

say '== features of the sample: into a file for training, into the feature store for serving'
in_environment python -m src.feature_engineering.pipeline \
    --input data/samples/events.csv --output "$work/features.csv" --feature-store

say '== training; the new version becomes the champion'
in_environment python -m src.models.training.train --features "$work/features.csv" \
    --cache "$work/models" --artifacts "$work/model_artifacts" --register
in_environment python -m src.models.registry promote

say '== the API, for one client'
made="$(in_environment python -m src.api.keys demo)"
key="${made%%$'\n'*}"
export "${made##*$'\n'}"
api_port="$(free_port)"
api="http://127.0.0.1:$api_port"
MODEL_URI=models:/churn@champion start api \
    uvicorn src.api.main:app --host 127.0.0.1 --port "$api_port" --no-access-log
wait_for 'the API' "$api/ready"

say '== the model that answers'
ask /v1/model
say '== a prediction'
ask /v1/predictions '{"customer_id": "c001"}'
say '== several, and one that nobody knows'
ask /v1/predictions/batch '{"customer_ids": ["c002", "c003", "nobody"]}'
say '== what was counted'
curl --fail --silent --show-error "$api/metrics" | grep -E '^(predictions_total|model_info)'
