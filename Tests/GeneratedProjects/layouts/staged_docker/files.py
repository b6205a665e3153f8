"""The files as they are generated, held against the checkers of their kinds."""

import stat
from collections.abc import Callable
from functools import partial

from layouts.staged_docker.project import NAME, Project
from verification.claims import require, require_equal
from verification.commands import Command, environment, run
from verification.context import Context
from verification.linters import (
    accepts,
    first_commit,
    refuses,
    require_files,
    require_rendered,
    workflows,
)
from verification.report import Check, Once
from verification.tools import tool

_COMPOSE_KINDS = ("dev", "prod", "stage1-prepare-data", "stage2-build-data-image")
_COMPOSE = [f"docker-compose.{kind}.yml" for kind in (*_COMPOSE_KINDS, "stage3-build-engine-image")]
_DOCKERFILES = ["Dockerfile_stage1_prepare", "Dockerfile_stage2_data", "Dockerfile_stage3_engine"]


def checks(context: Context, project: Once[Project]) -> list[Check]:
    def check(title: str, make: Callable[[Project], str]) -> Check:
        return Check(title, partial(_make, make, project))

    return [
        check("structure of the reference document", _structure),
        check("secrets stay out of git", _secrets),
        check("compose files against the compose schema", _compose_schema),
        check("compose files as compose reads them", _compose_config),
        check("hadolint", _hadolint),
        check("shellcheck", _shellcheck),
        check("workflows: schema, actionlint, zizmor", _workflows),
        check("yamllint", _yamllint),
        Check("wrong answers are refused", lambda: _wrong_answers(context)),
    ]


def variant_checks(title: str, project: Once[Project]) -> list[Check]:
    """For a project with other answers: what depends on them."""
    made = {
        "structure of the reference document": _structure,
        "compose files against the compose schema": _compose_schema,
        "compose files as compose reads them": _compose_config,
        "hadolint": _hadolint,
        "shellcheck": _shellcheck,
        "workflows: schema, actionlint, zizmor": _workflows,
    }
    return [Check(f"{name}{title}", partial(_make, make, project)) for name, make in made.items()]


def _make(make: Callable[[Project], str], project: Once[Project]) -> str:
    return make(project())


def _structure(project: Project) -> str:
    expected = [".env", ".env.example", "README.md", "src/shared_utils/env_var_defaults.py"]
    expected += [*_COMPOSE, *_DOCKERFILES, "src/shared_utils/steps.txt"]
    for step in project.numbered_steps:
        expected += [f"src/task__{step}/main.py", f"src/task__{step}/py_args.py"]
        expected.append(f"scripts_sh/{step}.sh")
    missing = [path for path in expected if not (project.folder / path).is_file()]
    folders = [f"docker_build/Dockerfile_stage{number}" for number in (1, 2, 3)]
    runners = [f"runners/{name}" for name in ("01_prepare-data", "02_docker-build", "03_workflow")]
    folders += runners if project.runners else []
    missing += [path for path in folders if not (project.folder / path).is_dir()]
    require(not missing, f"missing: {', '.join(missing)}")
    tasks = sorted(path.name for path in (project.folder / "src").glob("task__*"))
    listed = sorted(f"task__{step}" for step in project.numbered_steps)
    require(tasks == listed, f"steps: {tasks}")
    text = (project.folder / "src/shared_utils/steps.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    *preparing, engine = project.numbered_steps
    require_equal("the list of steps", lines, [*preparing, f"{engine} engine"])
    if not project.runners:
        require(not (project.folder / "runners").exists(), "runners/ is there without RUNNERS")
        mentions = [
            str(path.relative_to(project.folder))
            for path in require_files(project.folder, "*")
            if path.name != ".scaffold.json"
            and "runners/" in path.read_text(encoding="utf-8", errors="replace")
        ]
        require(not mentions, f"runners/ is mentioned without RUNNERS: {', '.join(mentions)}")
    require_rendered(project.folder)
    return f"{len(expected)} files, {len(tasks)} steps"


def _secrets(project: Project) -> str:
    secret = project.folder / ".env"
    mode = stat.S_IMODE(secret.stat().st_mode)
    require(mode == 0o600, f".env has mode {mode:04o}, expected 0600")
    keys = {
        line.partition("=")[0]
        for name in (".env", ".env.example")
        for line in (project.folder / name).read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    }
    require(keys == {"POSTGRES_PASSWORD"}, f".env holds more than secrets: {sorted(keys)}")
    files = first_commit(project.folder, [".env", "data/prod/result.jsonl"])
    require(".env.example" in files, "git ignores .env.example")
    require("data/prod/.gitkeep" in files, "a clone would lack data/prod")
    return f"{len(files)} files in a first commit"


def _compose_schema(project: Project) -> str:
    found = require_files(project.folder, "docker-compose.*.yml", len(_COMPOSE))
    schema = ["--builtin-schema", "vendor.compose-spec"]
    refuses("check-jsonschema", schema, found[0], "services:", "servises:")
    return accepts("check-jsonschema", schema, found, project.folder)


def _compose_config(project: Project) -> str:
    """Names differ, and PROD is set everywhere but in development."""
    names = set()
    for path in require_files(project.folder, "docker-compose.*.yml", len(_COMPOSE)):
        text = path.read_text(encoding="utf-8")
        names.add(next(line for line in text.splitlines() if line.startswith("name:")))
        development = path.name == "docker-compose.dev.yml"
        require(("RUNTIME_ENV: PROD" in text) != development, f"RUNTIME_ENV in {path.name}")
        env = environment({"POSTGRES_PASSWORD": "only-for-this-check"})
        command: Command = [tool("podman-compose"), "-f", path, "config", "--quiet"]
        run(command, cwd=project.folder, env=env)
        foreign = str(3 if not development else 4) + f"{project.block:04}"
        require(foreign not in text, f"{path.name} has port {foreign}")
    require(len(names) == len(_COMPOSE), f"compose files share a project: {sorted(names)}")
    return f"{len(names)} files"


def _hadolint(project: Project) -> str:
    found = [project.folder / name for name in _DOCKERFILES]
    for path in found:
        refuses("hadolint", [], path, "WORKDIR /", "WORKDIR ")
    return accepts("hadolint", [], found, project.folder)


def _shellcheck(project: Project) -> str:
    options = ["--external-sources"]
    found = require_files(project.folder, "*.sh", len(project.steps) + 6)
    refuses("shellcheck", options, project.script(project.numbered_steps[0]), '"$@"', "$@")
    return accepts("shellcheck", options, found, project.folder)


def _workflows(project: Project) -> str:
    return workflows(project.folder, project.python)


def _yamllint(project: Project) -> str:
    rules = "{extends: relaxed, rules: {line-length: {max: 120}, key-duplicates: enable}}"
    found = require_files(project.folder, "*.yml", len(_COMPOSE))
    compose = project.folder / _COMPOSE[0]
    refuses("yamllint", ["--strict", "-d", rules], compose, "services:", "name: twice\nservices:")
    return accepts("yamllint", ["--strict", "-d", rules], found, project.folder)


# One of every kind that the layout asks for, and what the error says is expected instead.
_WRONG: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("--project-name=Not A Name",), "project-name", "Not A Name"),
    (("--steps=only_one",), "steps", "at least 2"),
    (("--ingest=nowhere",), "ingest", "topic1, topic2"),
    (("--engine=nowhere",), "engine", "topic1, topic2"),
    (("--engine=topic1",), "engine", "different steps"),
    # A name that says another role than the step has.
    (("--steps=engine,topic2",), "engine", "topic2"),
    (("--steps=topic1,ingest,topic2",), "ingest", "topic1"),
    (("--python-version=2.7",), "python-version", "3.14"),
    (("--port-block=1000",), "port-block", "990"),
    (("--example=perhaps",), "example", "perhaps"),
    (("--runners=perhaps",), "runners", "perhaps"),
)


def _wrong_answers(context: Context) -> str:
    for number, (options, option, told) in enumerate(_WRONG):
        folder = context.work / f"wrong-{number}"
        result = context.new(NAME, folder, *options, codes=(2, 3))
        variable = option.upper().replace("-", "_")
        named = option in result.err or variable in result.err
        require(named and told in result.err, f"{' '.join(options)}: {result.text}")
        require(not folder.exists(), f"{' '.join(options)} left {folder}")
    return f"{len(_WRONG)} answers"
