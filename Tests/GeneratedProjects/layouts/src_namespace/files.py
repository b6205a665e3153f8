"""The files as they are generated, held against the checkers of their kinds."""

import re
import tomllib
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from layouts.src_namespace.project import NAME, PYTHONS, Project
from verification.claims import require, require_equal
from verification.context import Context
from verification.linters import (
    accepts,
    dockerfile,
    first_commit,
    read_yaml,
    refuses,
    require_files,
    require_rendered,
    shell_scripts,
    workflows,
)
from verification.report import Check, Once

_FILES = (
    "pyproject.toml docker/Dockerfile docker/bin/entrypoint.sh src/{package}/entrypoint.py"
    " src/{package}/app.py src/{package}/environment.py src/{package}/client.py"
    " src/{package}/lifecycle.py README.md .gitignore .dockerignore .editorconfig .env.example"
)
# What README tells to run, and what tries it.
_TRIED = (
    r"uv sync",  # every virtual environment
    r"uv lock",  # container
    r"uv run (pytest --cov|ruff check|ruff format --check|mypy)",  # code, Makefile
    r"uv run (ruff check --fix|ruff format|shellcheck \S+)",  # Makefile
    r"uv run pre-commit install",  # hooks, Makefile
    r"uv run --env-file \.env run-\w+",
    r"uv build",  # packaging
    r"hatch test",
    r"curl .*",  # service: the same requests
    r"docker (build|run) .*",  # container
)
# And what a workflow runs besides, which is the same by other means.
_TRIED_BY_CI = (
    r"uv sync --locked",
    r"make (lint|test|build|image)",  # Makefile
    r"uv run coverage report .*",  # Makefile
    r"docker stop .*",
    r"test .*docker inspect .* = 0",
)


def checks(project: Once[Project], title: str) -> list[Check]:
    found: dict[str, Callable[[Project], str]] = {
        "structure of the reference document": _structure,
        "pyproject.toml: its validator, and what the reference document has": _pyproject,
        "answers reach every place": _answers,
        "secrets stay out of git": _secrets,
        "YAML and workflows": _workflows,
        "hadolint": _hadolint,
        "shellcheck and shfmt": _shell,
        "every command of README is tried": _readme,
    }
    return [Check(f"{name}{title}", partial(_make, make, project)) for name, make in found.items()]


def _make(make: Callable[[Project], str], project: Once[Project]) -> str:
    return make(project())


def _structure(project: Project) -> str:
    expected = _FILES.format(package=project.package).split()
    if project.slack:
        expected.append(f"src/{project.package}/slack_messenger.py")
    missing = [path for path in expected if not (project.folder / path).is_file()]
    require(not missing, f"missing: {', '.join(missing)}")
    require_files(project.folder / "tests", "test_*.py", 4)
    tree = project.readme.partition("```text\n")[2].partition("```")[0]
    for path in expected:
        require(Path(path).name in tree, f"README's tree lacks {path}")
    return f"{require_rendered(project.folder)} files"


def _pyproject(project: Project) -> str:
    path = project.folder / "pyproject.toml"
    refuses("validate-pyproject", [], path, 'requires-python = "', 'requires-python = "!')
    accepts("validate-pyproject", [], [path], project.folder)
    read = tomllib.loads(path.read_text(encoding="utf-8"))
    metadata: dict[str, Any] = read["project"]
    require_equal("name", metadata["name"], project.name)
    require_equal("description", metadata["description"], project.description)
    require_equal(
        "scripts", metadata["scripts"], {project.script: f"{project.package}.entrypoint:run"}
    )
    require(
        metadata["requires-python"].startswith(f">={project.python}"),
        f"requires-python is {metadata['requires-python']}",
    )
    licenses = {"none": None, "apache-2.0": "Apache-2.0"}
    require_equal("license", metadata.get("license"), licenses[project.license])
    envs: Mapping[str, Any] = read["tool"]["hatch"]["envs"]
    listed = [*metadata["dependencies"], *read["dependency-groups"]["dev"]]
    listed += [one for each in envs.values() for one in each.get("extra-dependencies", ())]
    loose = [one for one in listed if not re.fullmatch(r"[\w.\[\]-]+>=[\d.]+,<\d+", one)]
    require(not loose, f"without a bound on either side: {', '.join(loose)}")
    for name in ("prod", "dev"):
        require_equal(f"installer of {name}", envs[name]["installer"], "uv")
    require(_named(envs["dev"], "mypy"), "the environment dev lacks mypy")
    test = envs["hatch-test"]
    require_equal("parallel and retries", (test["parallel"], test["retries"]), (True, 2))
    for name in ("pytest-asyncio", "pytest-cov"):
        require(_named(test, name), f"the environment hatch-test lacks {name}")
    require("dependencies" not in test, "hatch-test has `dependencies`: that drops Hatch's own")
    return f"{len(metadata['dependencies'])} dependencies, {len(envs)} environments"


def _named(environment: Mapping[str, Any], name: str) -> bool:
    return any(re.match(rf"{name}\b", one) for one in environment.get("extra-dependencies", ()))


def _answers(project: Project) -> str:
    """The defaults are nowhere where other answers were given."""
    texts = {
        path.relative_to(project.folder): path.read_text(encoding="utf-8")
        for path in require_files(project.folder, "*")
        if path.name not in (".scaffold.json", "uv.lock") and ".git" not in path.parts
    }
    foreign = []
    for other in set(PYTHONS) - {project.python}:
        foreign += [rf"python:?{other}\b", f'"{other}"', f"py{other.replace('.', '')}"]
    if project.region != Project.region:
        foreign.append(Project.region)
    if not project.slack:
        foreign.append("(?i)slack")
    if not project.example:
        foreign += ["(?i)bybit|exchange|redis|confirm|slack_gateway", "(?i)positions?\\b"]
    for pattern in foreign:
        left = [str(name) for name, text in texts.items() if re.search(pattern, f"{name}\n{text}")]
        require(not left, f"{pattern} is in {', '.join(left)}")
    entrypoint = texts[Path("docker/bin/entrypoint.sh")]
    require(project.region in entrypoint, f"entrypoint.sh lacks {project.region}")
    require(project.namespace in entrypoint, f"entrypoint.sh lacks {project.namespace}")
    dockerfile = texts[Path("docker/Dockerfile")]
    require(f"python:{project.python}" in dockerfile, f"Dockerfile lacks Python {project.python}")
    return f"{len(texts)} files"


def _secrets(project: Project) -> str:
    found = first_commit(project.folder, [".env", ".coverage", "dist/x.whl", ".venv/bin/x"])
    require(".env.example" in found, "git ignores .env.example")
    modules = require_files(project.folder, "*.py")
    lacking = {str(path.relative_to(project.folder)) for path in modules} - set(found)
    require(not lacking, f"git would leave out {', '.join(sorted(lacking)[:5])}")
    return f"{len(found)} files in a first commit"


def _workflows(project: Project) -> str:
    rules = "{extends: relaxed, rules: {line-length: {max: 140}, key-duplicates: enable}}"
    found = [*require_files(project.folder, "*.yml"), *project.folder.rglob("*.yaml")]
    accepts("yamllint", ["--strict", "-d", rules], found, project.folder)
    tried = re.compile("|".join((*_TRIED, *_TRIED_BY_CI)))
    for path in (project.folder / ".github/workflows").iterdir():
        [workflow] = read_yaml(path)
        steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
        untried = [step["run"] for step in steps if not tried.fullmatch(step.get("run", "uv sync"))]
        require(not untried, f"{path.name}: no check tries {untried}")
    return f"{len(found)} files, {workflows(project.folder, project.python)}"


def _hadolint(project: Project) -> str:
    return dockerfile(project.folder / "docker/Dockerfile")


def _shell(project: Project) -> str:
    return shell_scripts([project.folder / "docker/bin/entrypoint.sh"], project.folder)


def _readme(project: Project) -> str:
    return project.require_tried(_TRIED, "src|tests|docker")


def wrong_answers(context: Context) -> str:
    """One of every kind that the layout asks for; the error says what is expected instead."""
    wrong = {
        "project-name": ("Not A Name", "Not A Name"),
        "description": ("two\nlines", "line"),
        "python-version": ("3.12", "3.14"),
        "aws-region": ('x"$(id)', 'x"$(id)'),
        "slack": ("perhaps", "perhaps"),
        "example": ("perhaps", "perhaps"),
    }
    problems = []
    for number, (option, (value, told)) in enumerate(wrong.items()):
        folder = context.work / f"wrong-{number}"
        result = context.new(NAME, folder, f"--{option}={value}", codes=(0, 2, 3))
        named = option in result.err or option.upper().replace("-", "_") in result.err
        if result.code == 0 or not named or told not in result.err or folder.exists():
            problems.append(f"--{option}={value!r} ended with {result.code}: {result.err}")
    require(not problems, "\n".join(problems))
    return f"{len(wrong)} values"
