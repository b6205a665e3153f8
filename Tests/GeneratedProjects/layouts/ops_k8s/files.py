"""The files as they are generated, held against the reference document and against each other."""

import re
import tomllib
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from layouts.ops_k8s.project import DESCRIPTION, NAME, SOURCES, STORES, Project
from verification.claims import require, require_equal
from verification.commands import environment, run
from verification.context import Context
from verification.linters import accepts, first_commit, refuses, require_files, require_rendered
from verification.python_code import Used
from verification.report import Check, Once
from verification.tools import tool

_FOLDERS = (
    ".github/workflows configs data/samples data/processed docs/architecture docs/guides docs/api"
    " model_artifacts notebooks ops/docker/api ops/docker/mlflow ops/docker/beam ops/envs"
    " ops/k8s/base ops/k8s/overlays ops/local ops/monitoring/grafana ops/monitoring/prometheus"
    " scripts/demo scripts/setup scripts/test src/api/endpoints src/api/schemas src/database"
    " src/feature_engineering src/feature_store src/ingestion src/models/training src/monitoring"
    " src/utils tests/unit tests/integration tests/performance tests/e2e tests/fixtures"
)
_FILES = (
    ".github/dependabot.yml .github/workflows/cd.yml .github/workflows/ci.yml"
    " .github/workflows/security.yml .gitignore .pre-commit-config.yaml README.md"
    " model_artifacts/features.txt ops/docker/api/Dockerfile ops/docker/beam/Dockerfile"
    " ops/docker/mlflow/Dockerfile ops/envs/.env.example ops/local/docker-compose.override.yml"
    " ops/local/docker-compose.yml pyproject.toml src/database/models.py src/models/registry.py"
    " src/monitoring/prometheus.py tests/fixtures/conftest.py"
)
# What a choice brings; where it was not made, nothing of it may be found.
_TRACES = {
    "kafka": r"kafka",
    "kinesis": r"kinesis|boto|moto\b|\baws\b|amazon",
    "pubsub": r"pub.?sub|google-cloud|google\.cloud|gcloud|grpc",
    "redis": r"redis",
    # The predictions are in PostgreSQL whatever was chosen.
    "postgres": r"postgres_store|postgres_backend|StoredFeatures",
}
_LIBRARIES = {"kafka": "confluent-kafka", "kinesis": "boto3", "pubsub": "google-cloud-pubsub"}
_OTHERS = {
    "environments": r"\bstaging\b",
    "registry": r"repository_owner|registry\.invalid",
    "description": re.escape(DESCRIPTION),
}
_OF_THE_EXAMPLE = (
    r"purchase|support.?ticket|sessions?_30d|EventKind|\bamount|exploration\.ipynb|matplotlib"
)
_TOP = "configs|data|docs|model_artifacts|notebooks|ops|scripts|src|tests"
# What the documents tell to run, and what tries it.
_TRIED = (
    r"scripts/setup/\w+\.sh",  # scripts
    r"scripts/demo/\w+\.sh( --help)?",
    r"(sh -c 'set -a && \. \./\.env && )?scripts/test/\w+\.sh.*",  # code
    r"python3\.\d+ -m venv \.venv",  # every virtual environment
    r"pip install .*|python -c 'import tomllib; .* \| pip install .*",  # scripts
    r"git init -b main",  # every first commit, the hooks
    r"(poetry run )?python -m src\.\S+.*",  # journey, keys, queue
    r"poetry run uvicorn src\.api\.main:app --reload",  # journey, without the reload
    r"poetry run (ruff|black|mypy|bandit|alembic)( .*)?",  # code, scripts
    r"poetry check --lock|poetry run shellcheck .*",  # scripts: make lint
    r"poetry run jupyter .*",  # notebook
    r"curl .*|[\"}' ].*",  # journey: the same requests
    r"kubectl kustomize .*",  # manifests
    r"cd ops/local|(sh -c 'cd ops/local && )?docker compose .*|psql .*",  # images
    r"echo '\{.*|/opt/kafka/bin/.*",
)
# A cluster is nowhere: these are read, not tried.
_NEED_A_CLUSTER = (
    r"kubectl (?!kustomize).*",
    r"(REGISTRY=\S+ )?ops/k8s/deploy\.sh .*",
    r"--from-.*",
    r"poetry run mlflow db upgrade .*",
)


def checks(used: Used[Project], title: str) -> list[Check]:
    found: dict[str, Callable[[Project], str]] = {
        "structure of the reference document": _structure,
        "pyproject.toml: its validator, Poetry, bounds": _pyproject,
        "answers reach every place, and what was not chosen none": _answers,
        "secrets stay out of git": _secrets,
        "YAML": _yaml,
        "every command of the documents is tried": _documents,
        "what make does stands in the documents": _makefile,
    }
    project = used.project
    made = [Check(f"{name}{title}", partial(_make, make, project)) for name, make in found.items()]
    return [
        *made,
        Check(f"README explains the settings that are read{title}", partial(_settings, used)),
    ]


def _make(make: Callable[[Project], str], project: Once[Project]) -> str:
    return make(project())


def _structure(project: Project) -> str:
    folder = project.folder
    overlays = [f"ops/k8s/overlays/{name}" for name in project.environments]
    folders = [*_FOLDERS.split(), *overlays]
    files = [*_FILES.split(), *(f"src/ingestion/{name}.py" for name in project.ingestion)]
    missing = [path for path in files if not (folder / path).is_file()]
    missing += [path for path in folders if not any((folder / path).glob("*"))]
    empty = {"data/processed"} | (set() if project.example else {"notebooks"})
    missing += [path for path in folders if path not in empty and _hollow(project, path)]
    require(not missing, f"missing or empty: {', '.join(missing)}")
    found = {path.name for path in (folder / "ops/k8s/overlays").iterdir()}
    require_equal("overlays", found, set(project.environments))
    tree = project.readme.partition("```text\n")[2].partition("```")[0]
    for path in files:
        require(path.rpartition("/")[2] in tree, f"README's tree lacks {path}")
    if project.example:
        require_files(folder / "notebooks", "*.ipynb")
    return f"{require_rendered(project.folder)} files"


def _hollow(project: Project, path: str) -> bool:
    """Nothing but what is empty is in it."""
    found = [one for one in (project.folder / path).rglob("*") if one.is_file()]
    return not any(one.stat().st_size for one in found)


def _pyproject(project: Project) -> str:
    path = project.folder / "pyproject.toml"
    refuses("validate-pyproject", [], path, 'requires-python = "', 'requires-python = "!')
    accepts("validate-pyproject", [], [path], project.folder)
    run([tool("poetry"), "check"], cwd=project.folder)
    read = tomllib.loads(path.read_text(encoding="utf-8"))
    metadata: dict[str, Any] = read["project"]
    require_equal("name", metadata["name"], project.name)
    require_equal("description", metadata["description"], project.description)
    require(
        metadata["requires-python"].startswith(f">={project.python}"),
        f"requires-python is {metadata['requires-python']}",
    )
    groups: Mapping[str, list[str]] = read["dependency-groups"]
    wanted = [*metadata["dependencies"], *(one for group in groups.values() for one in group)]
    loose = [one for one in wanted if not re.fullmatch(r"[\w.\[\],-]+>=[\d.]+,<[\d.]+", one)]
    require(not loose, f"without a bound: {', '.join(loose)}")
    clients = [_LIBRARIES[name] for name in project.ingestion]
    for name in clients:
        require(any(one.startswith(name) for one in groups["ingestion"]), f"ingestion lacks {name}")
    for name in ("poetry", "black", "ruff", "pytest", "mypy"):
        require(name in read["tool"], f"there are no settings of {name}")
    return f"{len(wanted)} dependencies, {len(groups)} groups"


def _answers(project: Project) -> str:
    """Nothing is left of the defaults, nor of what was not chosen, where others were given."""
    chosen = {*project.ingestion, *project.feature_store}
    foreign = [_TRACES[name] for name in (*SOURCES, *STORES) if name not in chosen]
    for name, pattern in _OTHERS.items():
        default = Project.__dataclass_fields__[name].default
        if getattr(project, name) != default:
            foreign.append(pattern)
    if not project.example:
        foreign.append(_OF_THE_EXAMPLE)
    other = {"3.13": "3.14", "3.14": "3.13"}[project.python]
    # The newest that is supported may be named wherever a range is.
    foreign.append(rf"python(:|-version: \"?|_version = \"|){re.escape(other)}")
    found = []
    count = 0
    for path in require_files(project.folder, "*"):
        inside = path.relative_to(project.folder)
        if inside.name in (".scaffold.json", "poetry.lock") or ".git" in inside.parts:
            continue
        count += 1
        text = f"{inside}\n{path.read_text(encoding='utf-8')}"
        for pattern in foreign:
            match = re.search(pattern, text, re.IGNORECASE)
            if match:
                line = text.count("\n", 0, match.start())
                found.append(f"{inside}:{line}: {match[0]}")
    require(not found, "\n".join(found))
    present = {name: _count(project, _TRACES[name]) for name in chosen}
    lacking = [name for name, number in present.items() if number < 3]
    require(not lacking, f"there is next to nothing of {', '.join(lacking)}")
    require(_count(project, re.escape(project.registry)) > 0, f"nothing has {project.registry}")
    return f"{count} files, {len(foreign)} patterns"


def _count(project: Project, pattern: str) -> int:
    return sum(
        bool(re.search(pattern, path.read_text(encoding="utf-8"), re.IGNORECASE))
        for path in require_files(project.folder, "*")
        if ".git" not in path.relative_to(project.folder).parts and path.name != ".scaffold.json"
    )


def _secrets(project: Project) -> str:
    """Nor do models and what the pipeline makes get into git, but what is known about them."""
    ignored = [".env", "model_cache/churn/model.skops", "data/processed/features.csv", ".venv/x"]
    files = first_commit(project.folder, ignored)
    for name in ("ops/envs/.env.example", "data/processed/.gitkeep", *_FILES.split()):
        require(name in files, f"git ignores {name}")
    text = (project.folder / "ops/envs/.env.example").read_text(encoding="utf-8")
    require("POSTGRES_PASSWORD=\n" in text, ".env.example has a password that people would copy")
    return f"{len(files)} files in a first commit"


def _yaml(project: Project) -> str:
    rules = "{extends: relaxed, rules: {line-length: {max: 140}, key-duplicates: enable}}"
    found = [
        path
        for pattern in ("*.yml", "*.yaml")
        for path in require_files(project.folder, pattern)
        if ".git" not in path.parts
    ]
    return accepts("yamllint", ["--strict", "-d", rules], found, project.folder)


def _documents(project: Project) -> str:
    told = project.require_tried((*_TRIED, *_NEED_A_CLUSTER), _TOP)
    pattern = "|".join(_NEED_A_CLUSTER)
    unseen = [one for one in project.documented_commands() if re.fullmatch(pattern, one)]
    return f"{told}, of which {len(unseen)} need a cluster and were not run"


def _makefile(project: Project) -> str:
    """Each target is listed, and is nothing but commands that a document names."""
    env = environment()
    listed = run(["make"], cwd=project.folder, env=env).out.splitlines()
    text = (project.folder / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):", text, re.MULTILINE)
    require_equal("what `make` lists", [line.split()[0] for line in listed], targets)
    [phony] = re.findall(r"^\.PHONY: (.*)$", text, re.MULTILINE)
    require_equal("targets that are no files", phony.split(), targets)
    commands = [*project.documented_commands(), *re.findall(r"`([^`\n]+)`", project.documents)]
    known = {re.sub(r"\s+", " ", one) for one in commands}
    count = 0
    for target in targets[1:]:
        told = run(["make", "--dry-run", target], cwd=project.folder, env=env).out
        for line in told.replace("\\\n", " ").splitlines():
            command = re.sub(r"\s+", " ", line.replace("cd ops/local && ", ""))
            require(command in known, f"make {target} runs `{command}`, which is not documented")
            count += 1
    return f"{len(targets)} targets, {count} commands"


_DESCRIBE = """
import importlib, json, pkgutil
import src
from src.utils.settings import EnvironmentSettings

for module in pkgutil.walk_packages(src.__path__, "src."):
    if ".migrations." not in module.name:
        importlib.import_module(module.name)

def below(kind):
    for one in kind.__subclasses__():
        yield one
        yield from below(one)

print(json.dumps(sorted({name.upper() for one in below(EnvironmentSettings)
                         for name in one.model_fields})))
"""


def _settings(used: Used[Project]) -> str:
    """No more and no fewer; each is a field of one of the code's classes for settings."""
    project, python = used.project(), used.python()
    env = project.environment(python)
    told = run([python, "-c", _DESCRIBE], cwd=project.folder, env=env).out
    read = set(re.findall(r'"([A-Z_]+)"', told))
    table = project.readme.partition("## Settings")[2].partition("\n## ")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    explained = {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)}
    require_equal("README's settings", explained, read)
    return f"{len(read)} settings"


# What no reference to an image can begin with.
_NO_REGISTRIES = "ghcr.io/ ghcr.io/a..b ghcr.io/a.-b ghcr.io/a___b a..b .. a- - -a.b ghcr.io:/a"


def wrong_answers(context: Context) -> str:
    """One of every kind that the layout asks for; the error says what is expected instead."""
    wrong: list[tuple[str, str, str, *tuple[str, ...]]] = [
        ("project-name", "Not A Name", "Not A Name"),
        ("python-version", "2.7", "3.14"),
        ("python-version", "3.15", "3.14"),
        ("ingestion", "rabbitmq", "kafka"),
        ("ingestion", "", "at least 1"),
        ("feature-store", "sqlite", "redis"),
        ("feature-store", "", "at least 1"),
        ("feature-store-backend", "postgres", "redis", "--feature-store=redis"),
        ("migrations", "add-a-column", "the id of a revision"),
        ("migrations", "a" * 33, "the id of a revision"),
        # Alembic takes these for places in the row.
        *(("migrations", value, "Alembic calls the") for value in ("base", "head", "heads")),
        ("registry", "Example.com/churn", "lower case"),
        *(("registry", value, "ghcr.io/owner") for value in _NO_REGISTRIES.split()),
        ("registry", "a" * 201, "at most 200"),
        ("environments", "Prod!", "Prod!"),
        ("environments", "pre-production-europe-west", "at most 22"),
        ("environments", "", "at least 1"),
        # There the API is open.
        ("environments", "local,production", "developer's machine"),
        # Its name would say what it is not.
        ("environments", "production,dr", "the name would mislead"),
        ("production", "qa", "is not in ENVIRONMENTS"),
        ("production", "", "at least 1"),
    ]
    problems = []
    for number, (option, value, told, *others) in enumerate(wrong):
        folder = context.work / f"wrong-{number}"
        result = context.new(NAME, folder, f"--{option}={value}", *others, codes=(0, 2, 3))
        named = option in result.err or option.upper().replace("-", "_") in result.err
        if result.code == 0 or not named or told not in result.err or folder.exists():
            problems.append(f"--{option}={value} ended with {result.code}\n{result.err}")
    require(not problems, "\n".join(problems))
    return f"{len(wrong)} values"
