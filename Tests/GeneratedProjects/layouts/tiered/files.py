"""The files as they are generated, held against the checkers of their kinds."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from layouts.tiered.project import NAME, TIERS, Project
from verification.claims import require
from verification.commands import Command, environment, run
from verification.context import Context
from verification.linters import (
    accepts,
    dockerfile,
    first_commit,
    read_yaml,
    refuses,
    require_files,
    require_rendered,
    workflows,
)
from verification.prometheus import check_rules
from verification.report import Check, Once
from verification.tools import interpreter, tool

# The trees of the reference document, less what it has once per business model.
_MVP = "src/__init__ src/main src/models src/api tests/__init__ tests/test_main"
_CORE = (
    "src/__init__ src/main src/app src/core/__init__ src/core/config src/core/database"
    " src/core/security src/core/exceptions src/models/__init__ src/models/base src/models/user"
    " src/schemas/__init__ src/schemas/user src/api/__init__ src/api/deps src/api/v1/__init__"
    " src/api/v1/router src/api/v1/endpoints/__init__ src/api/v1/endpoints/auth"
    " src/api/v1/endpoints/users src/services/__init__ src/services/auth src/repositories/__init__"
    " src/repositories/base src/repositories/user tests/__init__ tests/conftest alembic/env"
    " scripts/__init__ scripts/init_db scripts/create_user"
)
_CORE_OTHERS = "alembic.ini alembic/alembic.ini alembic/script.py.mako .env.example"
_CORE_FOLDERS = (
    "alembic/versions tests/unit/test_models tests/unit/test_services tests/unit/test_repositories"
    " tests/integration/test_api"
)
_FULL = (
    "src/background/__init__ src/background/workers src/background/tasks src/monitoring/__init__"
    " src/monitoring/metrics src/monitoring/logging src/analytics/__init__ src/analytics/events"
    " src/analytics/tracking src/integrations/__init__ tools/__init__"
)
_FULL_OTHERS = (
    "docker/Dockerfile docker/docker-compose.yml docker/docker-compose.prod.yml"
    " k8s/deployment.yaml k8s/service.yaml k8s/configmap.yaml"
)
_FULL_FOLDERS = (
    "src/integrations/external_apis src/integrations/message_queue tests/e2e tests/performance"
    " tools/deployment tools/monitoring docs/api docs/architecture docs/deployment"
)
_OF_MODEL = (
    "src/models/{}.py src/schemas/{}.py src/services/{}.py src/repositories/{}.py"
    " tests/unit/test_models/test_{}.py tests/unit/test_services/test_{}.py"
    " tests/unit/test_repositories/test_{}.py"
)
_REQUIRED = {
    "mvp": "fastapi sqlmodel uvicorn pydantic",
    "core": "alembic python-jose passlib python-multipart pytest httpx",
    "full": "celery redis prometheus-client structlog sentry-sdk",
}


def checks(project: Once[Project], title: str) -> list[Check]:
    found: dict[str, Callable[[Project], str]] = {
        "structure of the reference document": _structure,
        "requirements of the reference document": _requirements,
        "secrets stay out of git": _secrets,
        "YAML and workflows": _workflows,
        "every command of README is tried": _readme,
    }
    return [_check(f"{name}{title}", make, project) for name, make in found.items()]


def full_checks(project: Once[Project], title: str) -> list[Check]:
    found: dict[str, Callable[[Project], str]] = {
        "compose files against the compose schema": _compose_schema,
        "compose files as compose reads them": _compose_config,
        "hadolint": _hadolint,
        "alerts by promtool": _alerts,
    }
    return [_check(f"{name}{title}", make, project) for name, make in found.items()]


def _check(name: str, make: Callable[[Project], str], project: Once[Project]) -> Check:
    return Check(name, lambda: make(project()))


def _expected(project: Project) -> tuple[list[str], list[str]]:
    files = ["requirements.txt", "requirements-dev.txt", "pyproject.toml", ".gitignore"]
    files += ["README.md"]
    if not project.layered:
        return [*files, *_modules(_MVP)], []
    files += [*_modules(_CORE), *_CORE_OTHERS.split()]
    folders = _CORE_FOLDERS.split()
    for model, path in zip(project.models, project.paths, strict=True):
        files += _OF_MODEL.format(*[model] * 7).split()
        plural = path.rpartition("/")[2].replace("-", "_")
        files.append(f"src/api/v1/endpoints/{plural}.py")
        files.append(f"tests/integration/test_api/test_{plural}.py")
    if project.tier == "full":
        files += [*_modules(_FULL), *_FULL_OTHERS.split()]
        folders += _FULL_FOLDERS.split()
    return files, folders


def _modules(names: str) -> list[str]:
    return [f"{name}.py" for name in names.split()]


def _structure(project: Project) -> str:
    files, folders = _expected(project)
    missing = [path for path in files if not (project.folder / path).is_file()]
    missing += [path for path in folders if not any((project.folder / path).glob("*"))]
    require(not missing, f"missing or empty: {', '.join(missing)}")
    if project.layered:
        migrations = sorted((project.folder / "alembic/versions").glob("*.py"))
        for model in ("user", *project.models):
            own = [path for path in migrations if path.stem == model]
            require(len(own) == 1, f"{len(own)} migrations are of {model}")
        require(not (project.folder / "alembic/__init__.py").exists(), "alembic is a package")
    require_rendered(project.folder)
    tree = project.readme.partition("## Structure")[2].partition("```text\n")[2].partition("```")[0]
    for file in files:
        require(Path(file).name in tree, f"README's tree lacks {file}")
    require(f"{project.tier.upper()}" in project.readme[:400], "README's head lacks the tier")
    return f"{len(files)} files, {len(folders)} folders"


def _requirements(project: Project) -> str:
    """Each with both bounds, in the tier that the document names and below."""
    names: dict[str, str] = {}
    for file in ("requirements.txt", "requirements-dev.txt"):
        for line in (project.folder / file).read_text(encoding="utf-8").splitlines():
            match = re.match(r"([A-Za-z0-9-]+)(?:\[[a-z0-9,]+\])?(.*)", line)
            if match and not line.startswith(("#", "-")):
                names[match[1]] = match[2]
    tiers = TIERS[: TIERS.index(project.tier) + 1]
    wanted = [name for tier in tiers for name in _REQUIRED[tier].split()]
    if project.security_libraries != "jose-passlib":
        others = {"python-jose": "pyjwt", "passlib": "pwdlib"}
        wanted = [others.get(name, name) for name in wanted]
        left = others.keys() & names
        require(not left, f"nobody uses {', '.join(left)}")
    missing = [name for name in wanted if name not in names]
    require(not missing, f"the document also has {', '.join(missing)}")
    loose = [name for name, bound in names.items() if not re.fullmatch(r">=[\d.]+,<\d+", bound)]
    require(not loose, f"without bounds: {', '.join(loose)}")
    above = [name for tier in TIERS[len(tiers) :] for name in _REQUIRED[tier].split()]
    early = [name for name in above if name in names and name not in ("pytest", "httpx")]
    require(not early, f"of a higher tier: {', '.join(early)}")
    return f"{len(names)} requirements"


def _secrets(project: Project) -> str:
    ignored = [".env", f"{project.name}.db", ".env.prod"]
    files = first_commit(project.folder, ignored)
    if project.layered:
        require(".env.example" in files, "git ignores .env.example")
        text = (project.folder / ".env.example").read_text(encoding="utf-8")
        require("SECRET_KEY=\n" in text, ".env.example has a secret key that people would copy")
    modules = [path for path in require_files(project.folder, "*.py") if ".git" not in path.parts]
    lacking = {str(path.relative_to(project.folder)) for path in modules} - set(files)
    require(not lacking, f"git would leave out {', '.join(sorted(lacking)[:5])}")
    return f"{len(files)} files in a first commit"


def _workflows(project: Project) -> str:
    rules = "{extends: relaxed, rules: {line-length: {max: 140}, key-duplicates: enable}}"
    found = [
        path for pattern in ("*.yml", "*.yaml") for path in sorted(project.folder.rglob(pattern))
    ]
    require(bool(found), "there is no YAML at all")
    accepts("yamllint", ["--strict", "-d", rules], found, project.folder)
    return f"{len(found)} files, {workflows(project.folder, project.python)}"


# What README tells to run, and what tries it.
_TRIED = (
    r"python3\.\d+ -m venv \.venv && pip install -r requirements-dev\.txt",  # make
    r"sh -c 'umask 077; .*",  # service: the first run, as it stands
    r"python -m scripts\.(init_db|create_user you@example\.com --superuser)",
    r"python -m scripts\.reset_password you@example\.com",
    r"uvicorn src\.main:app --reload --port \d+",
    r"curl .*",
    r"alembic (upgrade head|check|history|downgrade -1|revision --autogenerate .*)",  # migrations
    r"(TEST_DATABASE_URL=\S+ )?pytest",  # code
    r"pytest --cov --cov-report=term-missing:skip-covered",  # make
    r"ruff check && ruff format --check",
    r"ruff check --fix && ruff format",
    r"mypy",
    r"zizmor --offline \.github",
    r"pre-commit install",  # below
    r"docker run .*postgres.*",  # a server like those of the other checks
    r"sqlite3 new\.db .*|INSERT INTO .*|SELECT .* FROM old\..*",  # move
    r"celery --app src\.background\.workers (worker|beat)",  # background
    r"python -m src\.background\.consumer",
    r"docker compose .*",  # stages
    r"python -m tools\.deployment\.backup create",  # make, and stages
    r"uv pip compile .*",
)


def _readme(project: Project) -> str:
    return project.require_tried(_TRIED, "src|scripts|tests|alembic|tools|docs|docker|k8s")


# FULL


def _compose_files(project: Project) -> list[Path]:
    return require_files(project.folder / "docker", "docker-compose*.yml", 2)


def _compose_schema(project: Project) -> str:
    found = _compose_files(project)
    schema = ["--builtin-schema", "vendor.compose-spec"]
    refuses("check-jsonschema", schema, found[0], "services:", "servises:")
    return accepts("check-jsonschema", schema, found, project.folder)


def _compose_config(project: Project) -> str:
    """Both are projects of their own, and publish the port on loopback only, and nothing else."""
    names = set()
    for path in _compose_files(project):
        [found] = read_yaml(path)
        names.add(found["name"])
        require(found["name"].startswith(project.name), f"{path.name} is named {found['name']}")
        published = [port for one in found["services"].values() for port in one.get("ports", [])]
        require(
            published == [f"127.0.0.1:{project.port}:{project.port}"]
            or (len(published) == 1 and published[0].startswith(f"127.0.0.1:{project.port}:")),
            f"{path.name} publishes {published}",
        )
        text = path.read_text(encoding="utf-8")
        env = environment(dict.fromkeys(set(re.findall(r"\$\{([A-Z_]+):\?", text)), "x"))
        command: Command = [tool("podman-compose"), "-f", path, "config", "--quiet"]
        run(command, cwd=project.folder, env=env)
        _require_order(path.name, found["services"])
        needed = sorted(set(re.findall(r"\$\{([A-Z_]+):\?", text)))
        require("SECRET_KEY" in needed, f"{path.name} starts without a SECRET_KEY")
    require(len(names) == 2, f"compose files share a project: {sorted(names)}")
    return f"{len(names)} files"


def _require_order(name: str, services: dict[str, Any]) -> None:
    """The database is migrated once, when it is healthy, and before anything uses it."""
    order = {
        service: {on: how["condition"] for on, how in one.get("depends_on", {}).items()}
        for service, one in services.items()
    }
    healthy, migrated = "service_healthy", "service_completed_successfully"
    require(order["migrate"] == {"postgres": healthy}, f"{name}: migrate after {order['migrate']}")
    for service in set(services) - {"migrate", "postgres", "redis"}:
        expected = {"migrate": migrated, "redis": healthy}
        require(order[service] == expected, f"{name}: {service} after {order[service]}")
    for service in ("postgres", "redis"):
        require("healthcheck" in services[service], f"{name}: {service} has no health check")


def _hadolint(project: Project) -> str:
    return dockerfile(project.folder / "docker/Dockerfile", f"{project.python}-")


def _alerts(project: Project) -> str:
    folder = project.folder / "tools/monitoring"
    names = ("prometheus.yml", "alerts.yml", "alerts_test.yml")
    return check_rules(*(folder / name for name in names))


def wrong_answers(context: Context) -> str:
    """One of every kind that the layout asks for; the error says what is expected instead."""
    wrong = [
        ("project-name", "Not A Name", "Not A Name"),
        ("tier", "huge", "core"),
        ("python-version", "2.7", "3.13"),
        ("migrations", "head", "newest migration"),
        ("migrations", "add-a-price", "add-a-price"),
        ("tables", "user", "first migration"),
        ("tables", "old_items", "“old_item” would do"),
        ("port", "70000", "65535"),
        ("models", "Item-1", "Item-1"),
        ("models", "", "at least 1"),
        ("models", "note,note_create", "note_create"),
        ("models", "note,order_items", "“order_item” would do"),
        *(("models", word, word) for word in _REFUSED.split()),
    ]
    problems = []
    for number, (option, value, told) in enumerate(wrong):
        tiers = {
            "models": TIERS if value else TIERS[:1],
            "migrations": TIERS[1:],
            "tables": TIERS[1:],
        }
        for tier in tiers.get(option, TIERS[:1]):
            folder = context.work / f"wrong-{number}-{tier}"
            arguments = [f"--{option}={value}"]
            if option != "tier":
                arguments.append(f"--tier={tier}")
            result = context.new(NAME, folder, *arguments, codes=(0, 2, 3))
            named = option in result.err or option.upper().replace("-", "_") in result.err
            if result.code == 0 or not named or told not in result.err or folder.exists():
                problems.append(f"--{option}={value}, {tier}: ended with {result.code}")
    refused = context.new(
        NAME, context.work / "wrong", "--tier=full", "--python-version=3.15", codes=(0, 3)
    )
    require("lupa" in refused.err, f"the full tier on Python 3.15: {refused.text}")
    require(not problems, "\n".join(problems))
    return f"{len(wrong)} values"


def builtins_are_refused(context: Context) -> str:
    """A class that a builtin's name would be given to, of the versions that one can choose."""
    script = "import builtins; print(*(one for one in dir(builtins) if one[0].isupper()))"
    found = {
        name
        for version in ("3.13", "3.14", "3.15")
        for name in run([interpreter(version).executable, "-c", script]).out.split()
    }
    hidden = []
    for name in sorted(found):
        model = "_".join(re.findall(r"[A-Z]+[a-z]*", name)).lower()
        if "".join(word.capitalize() for word in model.split("_")) != name:
            # As OSError: a class of a model is called OsError.
            continue
        target = context.work / "not-made"
        options = ["--dry-run", f"--models={model}"]
        if context.new(NAME, target, *options, codes=(0, 3)).code == 0:
            hidden.append(model)
    require(not hidden, f"not refused: {', '.join(hidden)}")
    return f"{len(found)} builtins"


# Names that the code has for something else, and Python's reserved words.
_REFUSED = "user base head auth users class import none async"
