# What the scripts called `install` share; they source it.
# shellcheck shell=bash

as_root() {
    if [[ "$(id -u)" == 0 ]]; then
        "$@"
    else
        sudo --non-interactive "$@"
    fi
}

missing_packages() {
    local package status
    for package in "$@"; do
        status="$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null)" ||
            status=absent
        if [[ "$status" != installed ]]; then
            printf '%s\n' "$package"
        fi
    done
}

# install_packages PACKAGE...: those of Debian that are not there, as root or by sudo.
install_packages() {
    local missing
    if ! command -v apt-get >/dev/null; then
        printf 'warning: no apt-get here; install by hand: %s\n' "$*" >&2
        return
    fi
    mapfile -t missing < <(missing_packages "$@")
    if [[ "${#missing[@]}" == 0 ]]; then
        return
    fi
    printf 'installing %s\n' "${missing[*]}" >&2
    as_root apt-get update -qq
    # Servers are not to be started by their packages: who verifies has some of their own.
    as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
        apt-get install -qq -y --no-install-recommends "${missing[@]}" >/dev/null
}

# install_pinned FOLDER NAME...: from PyPI, as requirements.txt pins them, into an environment of
# their own, which is made again when a pin has changed.
install_pinned() {
    local folder="$1" pins names wanted
    shift
    pins="$(dirname -- "${BASH_SOURCE[0]}")/../requirements.txt"
    names="$(IFS='|' && printf '%s' "$*")"
    wanted="$(grep -E "^($names)==" "$pins")"
    if [[ "$wanted" == "$(cat "$folder/requirements.txt" 2>/dev/null)" ]]; then
        return
    fi
    printf 'installing %s\n' "${wanted//$'\n'/ }" >&2
    rm -rf "$folder"
    python3 -m venv "$folder"
    mapfile -t wanted <<<"$wanted"
    "$folder/bin/python" -m pip install --quiet --disable-pip-version-check "${wanted[@]}"
    printf '%s\n' "${wanted[@]}" >"$folder/requirements.txt"
}
