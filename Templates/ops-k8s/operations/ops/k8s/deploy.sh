#!/usr/bin/env bash
# Rolls a release out: see --help.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"

usage() {
    cat <<'TEXT'
Usage: ops/k8s/deploy.sh ENVIRONMENT TAG

Brings the release TAG to ENVIRONMENT (a folder of ops/k8s/overlays), in the cluster that kubectl is
set to: migrates the database, then applies everything and waits until the new pods answer.

<<@if REGISTRY>>
The images are those of <<REGISTRY>>; REGISTRY names another.
<<@else>>
REGISTRY says whose images: a registry and a path, such as ghcr.io/owner.
<<@end>>

  -h, --help    show this help
TEXT
}

fail() {
    printf 'error: %s\n' "$1" >&2
    exit "${2:-1}"
}

# render OVERLAY REGISTRY TAG; none of them has the characters that sed would read
render() {
    kubectl kustomize "$1" |
        sed -E "s|^( *image: ).*/(<<PROJECT_NAME>>-[a-z]+):unreleased$|\1$2/\2:$3|"
}

migrate() {
    local manifests="$1" namespace="$2" job='<<PROJECT_NAME>>-migrate'
    # A Job cannot be changed, so that of the last release goes first.
    kubectl --namespace "$namespace" delete job "$job" --ignore-not-found --wait
    kubectl apply --filename "$manifests" \
        --selector 'app.kubernetes.io/component in (config, migrate)'
    # `kubectl wait` waits for one condition, and goes on waiting when it is the other that comes.
    local state='' deadline=$((SECONDS + 660))
    until [[ "$state" == *Complete* ]]; do
        if [[ "$state" == *Failed* ]] || ((SECONDS >= deadline)); then
            kubectl --namespace "$namespace" logs "job/$job" --tail 50 >&2 || true
            fail 'the database was not migrated; what runs is as it was'
        fi
        sleep 2
        state="$(kubectl --namespace "$namespace" get job "$job" \
            --output 'jsonpath={.status.conditions[?(@.status=="True")].type}')"
    done
}

main() {
    if [[ "${1:-}" == -h || "${1:-}" == --help ]]; then
        usage
        exit
    fi
    if (($# != 2)); then
        usage >&2
        exit 2
    fi
    local environment="$1" tag="$2" registry="${REGISTRY:-<<REGISTRY>>}"
    local overlay="$here/overlays/$environment" namespace="<<PROJECT_NAME>>-$environment"
    local deployment deadline
    [[ "$environment" =~ ^[a-z][a-z0-9-]*$ && -d "$overlay" ]] ||
        fail "there is no environment $environment in $here/overlays" 2
    [[ "$tag" =~ ^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$ ]] || fail "$tag is not the tag of an image" 2
<<@if not REGISTRY>>
    [[ -n "$registry" ]] || fail 'set REGISTRY: a registry and a path, such as ghcr.io/owner' 2
<<@end>>
    # In lower case, as names of images have to be; that of a repository's owner may be another.
    registry="$(tr '[:upper:]' '[:lower:]' <<<"$registry")"
    [[ "$registry" =~ ^[a-z0-9][a-z0-9._:/-]*$ ]] || fail "$registry is not a registry" 2

    manifests="$(mktemp)"
    trap 'rm -f "$manifests"' EXIT
    render "$overlay" "$registry" "$tag" >"$manifests"

    migrate "$manifests" "$namespace"
    kubectl apply --filename "$manifests"
    # All together have a quarter of an hour, so that what hangs is named before a workflow ends.
    deadline=$((SECONDS + 900))
    kubectl --namespace "$namespace" get deployments --output name \
        --selector app.kubernetes.io/part-of=<<PROJECT_NAME>> |
        while read -r deployment; do
            kubectl --namespace "$namespace" rollout status "$deployment" \
                --timeout "$((deadline > SECONDS ? deadline - SECONDS : 1))s" </dev/null
        done
}

main "$@"
