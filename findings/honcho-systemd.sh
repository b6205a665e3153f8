#!/usr/bin/env bash
# honcho 2.0.0: one of its exports knows that `%` is special, the other does not.
#
# Expected: what an env file says is what the exported service gets, whichever manager it is for.
# Both supervisord and systemd take a `%` for the start of a name and want it twice.
# Seen: the export for supervisord writes `100%%d`, that for systemd writes `100%d`, which systemd
# replaces by the folder of the unit's credentials.
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check honcho[export]==2.0.0 Jinja2==3.1.6
cd -- "$work"

printf 'RATE=100%%d\n' >.env
printf 'web: sleep 60\n' >Procfile
env -u RATE venv/bin/honcho export --app app supervisord supervisord >log 2>&1
env -u RATE venv/bin/honcho export --app app systemd systemd >>log 2>&1

seen="$(
    printf 'supervisord: %s\n' "$(grep ^environment= supervisord/app.conf)"
    printf 'systemd: %s\n' "$(grep RATE systemd/app-web-1.service)"
)"

printf '%s\n' "$seen"
was="$(
    cat <<'END'
supervisord: environment=HONCHO_PROCESS_NAME=web.1,RATE=100%%d,PORT=5000
systemd: Environment=RATE=100%d
END
)"
if [[ "$seen" != "$was" ]]; then
    printf 'the behaviour has changed; it was:\n%s\n' "$was" >&2
    exit 1
fi
