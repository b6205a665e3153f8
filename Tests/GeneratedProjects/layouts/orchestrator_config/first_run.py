"""README's first commands, as they stand, by somebody who has a clone, Python, and a pip."""

import os
import re
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from layouts.orchestrator_config.database import run_operations
from layouts.orchestrator_config.project import Copy, Project
from layouts.orchestrator_config.service import library_environment, running
from verification.claims import require, require_equal
from verification.commands import environment, run
from verification.context import Context
from verification.http_api import Client
from verification.linters import first_commit
from verification.python_code import Used
from verification.tools import interpreter, tool

# The verification's installer, with its cache, in the place of pip; told what README says.
_PIP = (".venv/bin/pip ", "uv pip ")
_START = r"^\.venv/bin/(python -c \"from orchestrator_api_service\.cli import .*\")$"


def clone(context: Context, used: Used[Project]) -> str:
    """The block under "First run", in a clone: with no `.env`, no `logs/`, no database."""
    project = used.project()
    folder = context.memory / f"{project.name}-clone"
    original = context.memory / f"{project.name}-committed"
    shutil.copytree(project.folder, original, ignore=shutil.ignore_patterns(".git"))
    first_commit(original, [])
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.com", "-C", str(original)]
    env = environment({"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"})
    run([*git, "commit", "--quiet", "-m", "Begin"], env=env)
    run([*git, "clone", "--quiet", str(original), str(folder)], env=env)
    require(not (folder / ".env").exists(), "a clone has .env")
    block = project.readme.partition("## First run")[2].partition("```bash\n")[2]
    commands = block.partition("```")[0]
    require("run.py --check" in commands, f"README's first run lacks the check\n{commands}")
    path = f"{interpreter(project.python).executable.parent}:{tool('uv').parent}"
    shell = environment({"PATH": f"{path}:{os.environ['PATH']}"})
    run(["bash", "-euxc", commands.replace(*_PIP)], cwd=folder, env=shell, seconds=200)
    mode = (folder / ".env").stat().st_mode & 0o777
    require_equal("mode of .env", mode, 0o600)
    status = run([*git[:-1], str(folder), "status", "--porcelain"], env=env).out
    require_equal("what git sees", status, "")
    copy = Copy(replace(project, folder=folder), folder / ".venv/bin/python", context.memory)
    with running(copy, port=project.port) as one:
        require(one.recorded.call["logs"], "there is no folder for the logs")
        requests = _requests(project.readme)
    return f"{len(commands.strip().splitlines())} lines, {requests} requests"


def minimal(context: Context, used: Used[Project]) -> str:
    """The library's own function on the configuration; the database as README makes it."""
    project, python = used.project(), used.python()
    folder = Path(tempfile.mkdtemp(dir=context.memory, prefix=f"{project.name}-run-"))
    shutil.copytree(project.folder / "config", folder / "config")
    copy = Copy(replace(project, folder=folder), python, context.memory)
    env = library_environment(copy, folder, {})
    blocks = re.findall(r"^```bash\n(.*?)^```", project.readme, re.MULTILINE | re.DOTALL)
    made = [block for block in blocks if "sqlite3" in block]
    require(len(made) == 1, "README does not say how to make the database")
    run(["bash", "-euxc", made[0]], cwd=folder, env=env)
    operations = run_operations(python, folder / "local.db", folder / "config")
    [start] = re.findall(_START, project.readme, re.MULTILINE)
    command = ["bash", "-c", f"cd {folder} && exec {start}"]
    paths = (("GET", "list"), ("GET", "get/{entity_id}"), ("POST", "create"))
    with running(copy, port=project.port, command=command) as one:
        expected = [
            (method, f"/orchestrator/{domain}/{path}")
            for domain in project.simple
            for method, path in (paths if project.example else paths[:1])
        ]
        require_equal("endpoints", sorted(one.recorded.routes), sorted(expected))
        for domain in project.simple:
            _ask_domain(one.client, f"/orchestrator/{domain}", example=project.example)
        requests = _requests(project.readme)
    require_equal("config_path", one.recorded.call["config_path"], "config")
    return f"{len(operations) // 2} operations, {requests} requests"


def _ask_domain(client: Client, base: str, *, example: bool) -> None:
    items = client.call("GET", f"{base}/list?after=0").require(200).json["items"]
    require_equal("the first of the list", items[0]["name"], "first")
    if example:
        made = client.call("POST", f"{base}/create", {"name": "it's new"}).require(200).json
        found = client.call("GET", f"{base}/get/{made['id']}").require(200).json
        require_equal("found", found, made)
        items = client.call("GET", f"{base}/list?after=0").require(200).json["items"]
        require(made in items, f"{made} is not among {items}")
        client.call("GET", f"{base}/get/99999").require(404)


def _requests(readme: str) -> int:
    """README's requests; one that is refused ends the script."""
    lines = re.findall(r"^curl .*$", readme, re.MULTILINE)
    require(bool(lines), "README has no request to try")
    script = "\n".join(lines).replace("curl ", "curl --fail-with-body --silent --show-error ")
    run(["bash", "-euo", "pipefail", "-c", script])
    return len(lines)
