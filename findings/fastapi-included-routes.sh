#!/usr/bin/env bash
# fastapi 0.165.0: an application's `routes` has none of the routes of an included router.
#
# Expected: as Starlette documents it and FastAPI did for years, `app.routes` lists every route, so
# that a test can go through all of them and see that each asks for credentials.
# Seen: an included router stands there as one object without `path`, `methods` or `routes`; such a
# test goes through the routes of the application's own only and passes. `app.openapi()` and requests
# know all of them.
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check fastapi==0.165.0
cd -- "$work"

seen="$(
    venv/bin/python - <<'PYTHON'
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute

router = APIRouter()


@router.get("/inner")
def inner() -> None: ...


app = FastAPI()


@app.get("/outer")
def outer() -> None: ...


app.include_router(router, prefix="/v1")
print("routes:", [route.path for route in app.routes if isinstance(route, APIRoute)])
last = app.routes[-1]
print("included:", [name for name in ("path", "methods", "routes") if hasattr(last, name)])
print("documented:", list(app.openapi()["paths"]))
PYTHON
)"

printf '%s\n' "$seen"
was="$(
    cat <<'END'
routes: ['/outer']
included: []
documented: ['/outer', '/v1/inner']
END
)"
if [[ "$seen" != "$was" ]]; then
    printf 'the behaviour has changed; it was:\n%s\n' "$was" >&2
    exit 1
fi
