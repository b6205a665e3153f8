"""What is claimed about the program that tells which versions are behind.

A registry and an index of its own answer, with tokens and in pages as real ones do; repositories
are folders.
"""

import json
import re
from collections.abc import Mapping, Sequence
from functools import partial
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qs, urlparse

from verification.claims import require, require_equal
from verification.commands import Result, environment, run
from verification.context import Context
from verification.report import Check
from verification.servers import LOOPBACK, stand_in
from verification.tools import REPOSITORY

_SERVER, _NOBODY = PORTS = (20890, 20891)
_PROGRAM = REPOSITORY / "Tests/GeneratedProjects/outdated"
_URL = f"http://{LOOPBACK}:{_SERVER}"
_TAGS = {
    "library/python": ["3.13-slim-trixie", "3.14-slim-trixie", "3.15-slim-trixie", "latest"],
    "library/postgres": ["17-trixie", "18-trixie", "17", "17-alpine"],
    "team/engine": ["v1.9.0", "v1.10.0", "v2.0.0-rc1", "latest"],
}
# The newest needs what nobody has: it cannot be installed.
_VERSIONS = {"ruler": ["1.2.0", "1.10.3", "2.0.0"], "web-frame": ["0.9", "0.10.1"]}
_VARIABLES = """\
// With a comment.
{
  "PYTHON_VERSION": { "choices": { "3.13": "", "3.14": "" }, "default": "3.14" },
  "PYTHON_IMAGE": { "default": "docker.io/library/python:<<PYTHON_VERSION>>-slim-trixie" },
  "POSTGRES_IMAGE": { "default": "docker.io/library/postgres:17-trixie" },
  "ENGINE_IMAGE": { "default": "ghcr.io/team/engine:v1.10.0", },
}
"""


def checks(context: Context) -> list[Check]:
    return [Check("what is behind is told", partial(_told, context))]


class _Handler(BaseHTTPRequestHandler):
    """A registry that asks for a token and gives two tags at a time, and an index."""

    def do_GET(self) -> None:
        path, query = urlparse(self.path).path, parse_qs(urlparse(self.path).query)
        if path == "/token":
            scope = query["scope"][0]
            self._answer(200, {"token": scope.partition("repository:")[2].partition(":")[0]})
        elif found := re.fullmatch(r"/v2/(.*)/tags/list", path):
            self._answer_tags(found[1], int(query.get("from", ["0"])[0]))
        elif found := re.fullmatch(r"/simple/([^/]+)/", path):
            self._answer_versions(found[1])
        elif found := re.fullmatch(r"/files/([\w]+)-([\d.]+)-py3-none-any\.whl\.metadata", path):
            text = f"Metadata-Version: 2.1\nName: {found[1]}\nVersion: {found[2]}\n"
            text += "Requires-Dist: nowhere\n" if found[2] == "2.0.0" else ""
            self._answer(200, text, "text/plain")
        else:
            self._answer(404, {})

    def _answer_tags(self, name: str, begin: int) -> None:
        if self.headers.get("Authorization") != f"Bearer {name}":
            scope = f'service="r",scope="repository:{name}:pull"'
            header = {"WWW-Authenticate": f'Bearer realm="{_URL}/token",{scope}'}
            self._answer(401, {}, headers=header)
            return
        tags, end = _TAGS.get(name, []), begin + 2
        following = f'</v2/{name}/tags/list?from={end}>; rel="next"'
        header = {"Link": following} if end < len(tags) else {}
        self._answer(200, {"name": name, "tags": tags[begin:end]}, headers=header)

    def _answer_versions(self, name: str) -> None:
        names = [
            f"{name.replace('-', '_')}-{one}-py3-none-any.whl" for one in _VERSIONS.get(name, ())
        ]
        files = [
            {"filename": one, "url": f"{_URL}/files/{one}", "hashes": {}, "core-metadata": True}
            for one in names
        ]
        told = {"meta": {"api-version": "1.1"}, "name": name, "files": files}
        self._answer(200 if files else 404, told, "application/vnd.pypi.simple.v1+json")

    def _answer(
        self,
        status: int,
        content: object,
        kind: str = "application/json",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        body = (content if isinstance(content, str) else json.dumps(content)).encode()
        self.send_response(status)
        for name, value in {"Content-Type": kind, **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Nobody reads it."""


def _told(context: Context) -> str:
    repository, github = context.work / "pinned", context.work / "github"
    commit = _make_action(github / "owner/act", ["v1.0.0", "v1.2.0", "v2-beta"])
    files = {
        "Templates/shared/variables.json": _VARIABLES,
        "Templates/one/base/requirements.txt": "web_frame[all]>=0.10,<1\n",
        "Templates/one/base/.github/ci.yml": f"  - uses: owner/act@{commit}  # v1.2.0\n",
        "Tests/GeneratedProjects/requirements.txt": "# Tools\nruler==1.10.3\n",
    }
    for name, text in files.items():
        path = repository / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    run_it = partial(_run, repository, github)
    with stand_in(_SERVER, _Handler):
        current = run_it(0, "--all").out
        require("7 current" in current, current)
        require("another major does not read" in current, f"what is held is not told\n{current}")
        # Of each kind, one that was current before.
        for name, old, new, told in (
            (
                "Templates/shared/variables.json",
                "v1.10.0",
                "v1.9.0",
                "ghcr.io/team/engine v1.9.0 v1.10.0",
            ),
            (
                "Templates/shared/variables.json",
                "v1.10.0",
                "v1.8.0",
                "ghcr.io/team/engine v1.8.0 ?",
            ),
            ("Tests/GeneratedProjects/requirements.txt", "1.10.3", "1.9.9", "ruler 1.9.9 1.10.3"),
            ("Templates/one/base/requirements.txt", "0.10", "0.9", "web-frame 0.9,<1 0.10.1"),
            ("Templates/one/base/requirements.txt", "<1", "<0.10", "web-frame 0.10,<0.10 0.10.1"),
            ("Templates/one/base/.github/ci.yml", "v1.2.0", "v1.0.0", "owner/act v1.0.0 v1.2.0"),
            ("Templates/one/base/.github/ci.yml", commit, "0" * 40, "owner/act v1.2.0 ?"),
        ):
            path = repository / name
            path.write_text(files[name].replace(old, new), encoding="utf-8")
            told_it = " ".join(run_it(1).out.split())
            require(f"behind {told}" in told_it, f"it does not tell `{told}`\n{told_it}")
            require("1 behind, 0 not verified, 6 current" in told_it, told_it)
            path.write_text(files[name], encoding="utf-8")
        unreachable = run_it(2, f"--registry=ghcr.io=http://{LOOPBACK}:{_NOBODY}").out
        require("0 behind, 1 not verified, 6 current" in unreachable, unreachable)
    lost = run_it(2).out
    require_equal("the end of it", lost.splitlines()[-1], "0 behind, 6 not verified, 1 current")
    return "of images, packages and actions"


def _run(repository: Path, github: Path, code: int, *arguments: str) -> Result:
    registries = [f"--registry={name}={_URL}" for name in ("docker.io", "ghcr.io")]
    index = {"UV_DEFAULT_INDEX": f"{_URL}/simple", "UV_NO_CACHE": "1", "UV_HTTP_RETRIES": "0"}
    places: Sequence[str | Path] = ["--github", github, "--repository", repository]
    command = [_PROGRAM, *places, *registries, *arguments]
    return run(command, env=environment(index), codes=(code,))


def _make_action(folder: Path, tags: Sequence[str]) -> str:
    """A repository with a commit, which all of the tags have."""
    folder.mkdir(parents=True)
    env = environment({"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"})
    git = ["git", "-C", str(folder), "-c", "user.name=A", "-c", "user.email=a@example.com"]
    run(["git", "init", "--quiet", folder], env=env)
    run([*git, "commit", "--quiet", "--allow-empty", "-m", "Begin"], env=env)
    for tag in tags:
        run([*git, "tag", "-a", "-m", tag, tag] if "0" in tag else [*git, "tag", tag], env=env)
    return run([*git, "rev-parse", "HEAD"], env=env).out.strip()
