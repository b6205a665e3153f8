"""The service as its clients meet it: over HTTP, on loopback."""

from layouts.tiered.project import Project
from verification.claims import require_equal
from verification.commands import CheckError
from verification.http_api import Client

PASSWORD = "correct horse battery staple"  # noqa: S105
_KINDS_OF_ERROR = {"mvp": {"detail"}, "core": {"code", "detail", "errors"}}


class Api(Client):
    """A client; with a token it is somebody's."""

    @property
    def token(self) -> str:
        return self.authorization.removeprefix("Bearer ")

    @classmethod
    def of(cls, port: int, token: str) -> "Api":
        return cls(port, f"Bearer {token}")

    def register(self, email: str) -> int:
        answer = self.call("POST", "/api/v1/auth/register", {"email": email, "password": PASSWORD})
        return int(answer.require(201).json["id"])

    def login(self, email: str, password: str = PASSWORD) -> "Api":
        form = {"username": email, "password": password}
        answer = self.call("POST", "/api/v1/auth/token", form=form).require(200).json
        if answer["token_type"] != "bearer" or answer["expires_in"] <= 0:
            raise CheckError(f"a login answers {answer}")
        return Api.of(self.port, answer["access_token"])


def require_health(api: Api, project: Project) -> None:
    paths = ["/health", "/health/ready"] if project.layered else ["/health"]
    for path in paths:
        require_equal(path, api.call("GET", path).require(200).json["status"], "ok")


def require_records(api: Api, project: Project) -> str:
    """Every model: made, read, listed by pages, changed, deleted."""
    for path in project.paths:
        names = ["one", "two ünïcödé ☃", "three"]
        made = [api.call("POST", path, {"name": name}).require(201).json for name in names]
        require_equal(f"names of {path}", [record["name"] for record in made], names)
        first, second, _ = made
        one = f"{path}/{first['id']}"
        require_equal(one, api.call("GET", one).require(200).json, first)
        page = api.call("GET", f"{path}?limit=1&offset=1").require(200).json
        require_equal(f"the second page of {path}", page["items"], [second])
        require_equal(f"a page of {path}", (page["total"], page["limit"]), (3, 1))
        changed = api.call("PATCH", one, {"description": "changed"}).require(200).json
        require_equal(
            f"{one}, changed",
            (changed["name"], changed["description"]),
            (
                "one",
                "changed",
            ),
        )
        require_equal(one, api.call("GET", one).require(200).json, changed)
        # A list that is cached has to know of a change at once.
        listed = api.call("GET", f"{path}?limit=1").require(200).json["items"]
        require_equal(f"the first page of {path}", listed, [changed])
        for moment in (changed["created_at"], changed["updated_at"]):
            if not moment.endswith(("Z", "+00:00")):
                raise CheckError(f"{one} has a moment without a time zone: {moment}")
        for record in made:
            api.call("DELETE", f"{path}/{record['id']}").require(204)
        api.call("GET", one).require(404)
        left = api.call("GET", path).require(200).json
        require_equal(f"what is left of {path}", (left["items"], left["total"]), ([], 0))
    return f"{len(project.paths)} models"


def require_errors(api: Api, project: Project) -> str:
    """Whatever is wrong, the answer has one shape, and never a traceback."""
    path = project.paths[0]
    answers = [
        api.call("GET", "/nowhere").require(404),
        api.call("GET", f"{path}/2147483647").require(404),
        api.call("PATCH", "/health").require(405),
        api.call("PUT", path).require(405),
        api.call("POST", path, raw="{not JSON").require(400, 422),
        api.call("POST", path, raw="\x00").require(400, 422),
        api.call("POST", path, []).require(422),
        api.call("POST", path, {}).require(422),
        api.call("POST", path, {"name": "with a \0"}).require(422),
        api.call("POST", path, raw=r'{"name": "\ud800"}').require(400, 422),
        api.call("POST", path, {"name": "x", "colour": "red"}).require(422),
        api.call("POST", path, {"name": "x" * 100_000}).require(422),
        api.call("GET", f"{path}/0").require(422),
        api.call("GET", f"{path}/2147483648").require(422),
        api.call("GET", f"{path}/first").require(422),
        api.call("GET", f"{path}?limit=0").require(422),
        api.call("GET", f"{path}?limit=1000000").require(422),
        api.call("GET", f"{path}?offset=-1").require(422),
        api.call("GET", f"{path}?offset=9999999999999999999").require(422),
    ]
    if project.layered:
        nobody = Api(api.port)
        answers.append(nobody.call("GET", path).require(401))
        answers.append(Api.of(api.port, "x.y.z").call("GET", path).require(401))
    expected = _KINDS_OF_ERROR["core" if project.layered else "mvp"]
    for answer in answers:
        require_equal(f"{answer.what}, an error", set(answer.json), expected)
        if answer.status == 405 and "GET" not in answer.headers.get("allow", ""):
            raise CheckError(f"{answer.what} is not allowed, and what is, is not told")
    allowed = api.call("PUT", path).headers["allow"]
    if not {"GET", "POST"} <= set(allowed.replace(" ", "").split(",")):
        raise CheckError(f"PUT {path} is not allowed; said to be allowed is {allowed}")
    return f"{len(answers)} errors"


def require_users(api: Api, project: Project, superuser: Api) -> str:
    """Registration, login, tokens; and records are their owner's alone."""
    ann, ben = "ann@example.com", "ben@example.com"
    api.register(ann)
    api.register(ben)
    api.call("POST", "/api/v1/auth/register", {"email": ann, "password": PASSWORD}).require(409)
    api.call("POST", "/api/v1/auth/register", {"email": "x", "password": PASSWORD}).require(422)
    api.call("POST", "/api/v1/auth/register", {"email": "c@example.com", "password": "x"}).require(
        422
    )
    wrong = {"username": ann, "password": "something else"}
    api.call("POST", "/api/v1/auth/token", form=wrong).require(401)
    unknown = {"username": "nobody@example.com", "password": PASSWORD}
    api.call("POST", "/api/v1/auth/token", form=unknown).require(401)
    first, second = api.login(ann), api.login(ben)
    me = first.call("GET", "/api/v1/users/me").require(200)
    require_equal("/users/me", me.json["email"], ann)
    if "password" in me.text or "argon2" in me.text:
        raise CheckError(f"a user's password is shown: {me.text}")
    for forged in _forged(first.token):
        refused = Api.of(api.port, forged).call("GET", "/api/v1/users/me").require(401)
        require_equal("WWW-Authenticate", refused.headers.get("www-authenticate"), "Bearer")
    for path in project.paths:
        made = first.call("POST", path, {"name": "Ann's"}).require(201).json
        one = f"{path}/{made['id']}"
        for other in (second, superuser):
            other.call("GET", one).require(403, 404)
            other.call("PATCH", one, {"name": "Mine"}).require(403, 404)
            other.call("DELETE", one).require(403, 404)
            require_equal(
                f"{path} of others", other.call("GET", path).require(200).json["total"], 0
            )
        require_equal(one, first.call("GET", one).require(200).json, made)
    first.call("GET", "/api/v1/users").require(403)
    require_equal("users", superuser.call("GET", "/api/v1/users").require(200).json["total"], 3)
    return "users and owners"


def _forged(token: str) -> list[str]:
    """Tokens that somebody made up: unsigned, changed, signed with nothing."""
    head, body, signature = token.split(".")
    unsigned = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0"  # {"alg":"none","typ":"JWT"}
    swapped = signature[::-1]
    return [f"{unsigned}.{body}.", f"{head}.{body}.", f"{head}.{body}.{swapped}", f"{head}.{body}"]
