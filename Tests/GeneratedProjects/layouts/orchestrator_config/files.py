"""The files as they are generated, held against the checkers of their kinds."""

import re
import shutil
import stat
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from layouts.orchestrator_config.project import NAME, Copies, Project
from verification.claims import require, require_equal
from verification.commands import run
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

# The tree of the reference document that `init` makes, less its domains, and the record.
_MINIMAL = "config/config.yaml config/database.yaml config/integrations/.gitkeep README.md"
# That of the recommended one, less what is once per domain and what git ignores.
_RECOMMENDED = (
    "data/schema.sql scripts/backup_config.py scripts/reload_config.py scripts/init_db.py"
    " .env .env.example .gitignore Makefile README.md requirements.txt run.py"
)
_INTEGRATIONS = "api_sources.yaml feast_config.yaml ml_config.yaml"
_OF_COMPLEX = "{}.yaml database.yaml integrations/api_sources.yaml integrations/ml_config.yaml"
# Its patterns, in their places: a domain or an environment may be called `logs`.
_GITIGNORE = "*.db *.log __pycache__/ .env .venv/ /logs/ /data/local*"
_IGNORED = (
    "data/local.db data/local_backups/config.tar.gz logs/service.log .env .venv/bin/python"
    " elsewhere.db elsewhere.log scripts/__pycache__/x.pyc"
)
_KEYS = ("ORCHESTRATOR_CONFIG_PATH", "DB_PASSWORD", "ML_MODEL_PATH")
_RULES = (
    "{extends: default, rules: {line-length: {max: 100,"
    " allow-non-breakable-inline-mappings: true}, document-start: disable,"
    " truthy: {check-keys: false}}}"
)
# What README tells to run, and what tries it.
_TRIED = (
    r"python3\.\d+ -m venv \.venv",  # first run
    r"pip install -r requirements-dev\.txt",
    r"cp -n \.env\.example \.env; chmod 600 \.env",
    r"python scripts/init_db\.py( --reset)?",
    r"pytest( --cov)?",
    r"(ENVIRONMENT=\S+ )?python run\.py( --check| --print-config)?",  # checker, environments
    r"python run\.py( --host 127\.0\.0\.1 --port 9000)? --reload",  # service
    r"pip install --index-url https://packages\.example\.com/simple orchestrator-api-service",
    r"python -c \"from orchestrator_api_service\.cli import run_server; run_server\(.*\)\"",
    r"python3 -m venv \.venv",
    r"curl .*",
    r"python3 -c \"import sqlite3",  # and the lines that belong to it
    r"database = sqlite3\.connect\('local\.db'\)",
    r"for domain in '[a-z0-9_ ]+'\.split\(\):",
    r"database\.executescript\(f'''",
    r"CREATE TABLE records_\{domain\} \(",
    r"(id|name|status|created_at) (INTEGER|TEXT) [A-Z' ]*('open')?,?( CURRENT_TIMESTAMP)?",
    r"\);",
    r"INSERT INTO records_\{domain\} \(name\) VALUES \('first'\);",
    r"'''\)\"",
    r"python scripts/backup_config\.py( --keep 10| --restore .*)?",  # backups
    r"python scripts/reload_config\.py",  # reloads
    r"ruff check( --fix)?",  # code
    r"ruff format( --check)?",
    r"mypy",
    r"yamllint --strict \.",
    r"zizmor --offline \.github",
    r"pre-commit install",  # hooks
)


def checks(project: Once[Project], title: str, *, minimal: bool = False) -> list[Check]:
    found: dict[str, Callable[[Project], str]] = {
        "structure of the reference document": _structure,
        "yamllint": _yamllint,
        "what the reference document has in each file": _content,
        "every command of README is tried": _readme,
    }
    if not minimal:
        found |= {
            "what git ignores, and what it does not": _gitignore,
            "secrets: .env, requirements": _secrets,
        }
    return [Check(f"{name}{title}", partial(_make, make, project)) for name, make in found.items()]


def _make(make: Callable[[Project], str], project: Once[Project]) -> str:
    return make(project())


def _of_domains(project: Project) -> list[str]:
    found = [f"{domain}.yaml" for domain in project.simple]
    for domain in project.complex:
        found += [f"{domain}/{one}" for one in _OF_COMPLEX.format(domain).split()]
    return [f"{project.base}/domains/{one}" for one in found]


def _structure(project: Project) -> str:
    """Of the configuration no file more or less; of the smallest variant no file at all."""
    config = [f"{project.base}/config.yaml", *_of_domains(project), *project.databases]
    if project.variant == "minimal":
        expected = {*_MINIMAL.split(), *_of_domains(project), ".scaffold.json"}
        expected |= {"LICENSE"} if project.license != "none" else set()
        require_equal("all files", set(_files(project.folder)), expected)
    else:
        config += [f"{project.base}/integrations/{one}" for one in _INTEGRATIONS.split()]
        if project.several:
            config += [f"config/{one}/config.yaml" for one in project.environments]
        missing = set(_RECOMMENDED.split()) - set(_files(project.folder))
        require(not missing, f"missing: {', '.join(sorted(missing))}")
        require_equal("configuration", set(_files(project.folder, "config")), set(config))
        for folder in ("data", "logs", "tests/postman"):
            require((project.folder / folder).is_dir(), f"there is no folder {folder}")
        collections = len(project.simple) + len(project.complex)
        require_files(project.folder / "tests/postman", "*.postman_collection.json", collections)
        require_files(project.folder / "tests/postman", "*.postman_environment.json")
        require_files(project.folder / "tests", "test_*.py", 6)
    tree = project.readme.partition("```text\n")[2].partition("```")[0]
    for file in config:
        require(Path(file).name in tree, f"README's tree lacks {file}")
    return f"{require_rendered(project.folder)} files"


def _files(folder: Path, below: str = ".") -> list[str]:
    return [
        path.relative_to(folder).as_posix()
        for path in sorted((folder / below).rglob("*"))
        if path.is_file() and ".git" not in path.parts
    ]


def _yamllint(project: Project) -> str:
    found = [path for path in project.folder.rglob("*.y*ml") if ".git" not in path.parts]
    config = project.folder / project.base / "config.yaml"
    for old, new in (
        ("server:", "app: {}\nserver:"),
        ("host: ", "host:  "),
        ("level: ", "level: on  # "),
    ):
        refuses("yamllint", ["--strict", "-d", _RULES], config, old, new)
    return accepts("yamllint", ["--strict", "-d", _RULES], found, project.folder)


# Of each kind of file, what the document says is in it.
_CONTENT = {
    "config.yaml": "name description version host port logging level api",
    "database.yaml": "sources connection_string pool_size operations query",
    "domains/*.yaml": "domain_id description endpoints data_sources response_mapping",
    "integrations/api_sources.yaml": "base_url authentication timeout retry",
    "integrations/feast_config.yaml": "repo_path feature_services connection",
    "integrations/ml_config.yaml": "model_path endpoint parameters",
}


def _content(project: Project) -> str:
    folders = [project.base, *(str(Path(one).parent) for one in project.databases)]
    seen = 0
    for pattern, words in _CONTENT.items():
        for folder in dict.fromkeys(folders):
            for path in (project.folder / folder).glob(pattern):
                text = path.read_text(encoding="utf-8")
                override = project.several and path.parent.name in project.environments
                lacking = [word for word in words.split() if word not in text]
                if not project.example and "sources: {}" in text:
                    lacking = []
                require(
                    not lacking or (override and path.name == "config.yaml"),
                    f"{path.relative_to(project.folder)} lacks {', '.join(lacking)}",
                )
                local = re.search(r"localhost|127\.0\.0\.1", text)
                require(local is None, f"{path.name}: this machine is meant in every environment")
                commented = re.search(r"^ *# \w", text, re.MULTILINE)
                require(commented is not None, f"{path.name} has no comment")
                seen += 1
    settings = (project.folder / project.base / "config.yaml").read_text(encoding="utf-8")
    require(f"port: {project.port}\n" in settings, f"config.yaml has not port {project.port}")
    require("host: 0.0.0.0\n" in settings, "config.yaml has another host than the document")
    if project.variant != "minimal":
        for word in ("max_bytes", "backup_count"):
            require(word in settings, f"config.yaml: logs do not rotate by {word}")
    return f"{seen} files"


def _readme(project: Project) -> str:
    return project.require_tried(_TRIED, "config_tools|scripts|tests(?!/postman/DOMAIN)")


def _gitignore(project: Project) -> str:
    text = (project.folder / ".gitignore").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    require_equal(".gitignore", lines, _GITIGNORE.split())
    found = first_commit(project.folder, _IGNORED.split())
    kept = {".env.example", "data/schema.sql", "data/seed.sql", "requirements.txt", "run.py"}
    kept |= set(_files(project.folder, "config"))
    kept |= {path for path in _files(project.folder) if path.endswith((".py", ".json", ".yml"))}
    require(not kept - set(found), f"git would leave out {sorted(kept - set(found))}")
    left = set(_files(project.folder)) - set(found)
    require_equal("left out", left - {".env", "logs/.gitkeep"}, set())
    return f"{len(found)} files in a first commit"


def _secrets(project: Project) -> str:
    path = project.folder / ".env"
    mode = stat.S_IMODE(path.stat().st_mode)
    require(mode == 0o600, f".env has mode {mode:04o}, expected 0600")
    texts = [(project.folder / name).read_text("utf-8") for name in (".env", ".env.example")]
    keys = [set(re.findall(r"^([A-Z]\w*)=", text, re.MULTILINE)) for text in texts]
    require_equal("keys of .env", keys[0], keys[1])
    missing = set(_KEYS) - keys[0] if project.example else {*_KEYS[:1]} - keys[0]
    require(not missing, f".env lacks {', '.join(missing)}")
    unsaid = [name for name in _KEYS if name not in texts[1]]
    require(not unsaid, f".env.example does not name {', '.join(unsaid)}")
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = (project.folder / name).read_text(encoding="utf-8").splitlines()
        required = [line for line in lines if line and not line.startswith(("#", "-"))]
        require(
            not any(re.match(r"orchestrator[-_.]api", one) for one in required),
            f"{name} names the library: anyone could claim its name",
        )
        loose = [one for one in required if not re.match(r"[\w.\[\]-]+>=\d[\d.]*,<\d+$", one)]
        require(not loose, f"{name}: without both bounds: {', '.join(loose)}")
    text = (project.folder / "requirements.txt").read_text(encoding="utf-8")
    require("--index-url" in text, "requirements.txt does not show a private index")
    require("python-dotenv" in text, "requirements.txt lacks python-dotenv")
    return f"{len(keys[0])} variables"


# Options by which an answer gets into a path.
NAMED = (
    (
        "--variant=multi-env",
        "--project-name={name}",
        "--domains={identifier}",
        "--environments={name},the-last",
    ),
    ("--variant=recommended", "--complex-domains={identifier}"),
)

# What is refused: options, and what the message has to say.
_WRONG: tuple[tuple[Sequence[str], Sequence[str]], ...] = (
    (["--project-name=Not A Name"], ["Not A Name"]),
    (["--variant=huge"], ["multi-env"]),
    (["--port=70000"], ["65535"]),
    (["--domains="], ["at least 1"]),
    (["--domains=Orders-1"], ["Orders-1"]),
    (["--domains=orders,orders"], ["orders"]),
    (["--domains=../orders"], ["../orders"]),
    (["--complex-domains=stock"], ["recommended"]),
    (["--environments=one"], ["multi-env"]),
    (["--variant=recommended", "--environments=one"], ["multi-env"]),
    (["--variant=recommended", "--python-version=2.7"], ["3.13"]),
    (["--variant=recommended", "--python-version=3.12"], ["3.15"]),
    (["--variant=recommended", "--domains=a1,b1", "--complex-domains=b1"], ["b1"]),
    (["--variant=multi-env", "--domains=a1,b1", "--complex-domains=c1,a1"], ["a1"]),
    (["--variant=recommended", "--domains=domain3"], ["domain3"]),
    (["--variant=multi-env", "--environments=base"], ["base"]),
    (["--variant=multi-env", "--environments=local,base,production"], ["base"]),
    (["--variant=multi-env", "--environments="], ["at least 1"]),
    (["--variant=multi-env", "--environments=a b"], ["a b"]),
    (["--local=development"], ["multi-env"]),
    (["--variant=recommended", "--production=production"], ["multi-env"]),
    (["--variant=multi-env", "--production="], ["at least 1"]),
    (["--variant=multi-env", "--local=laptop"], ["laptop", "development, staging, production"]),
    (["--variant=multi-env", "--production=production,eu"], ["eu", "staging"]),
    # What is named like a role holds it.
    (["--variant=multi-env", "--environments=a1,production,b1", "--production=b1"], ["production"]),
    (["--variant=multi-env", "--environments=a1,local,b1", "--local=a1"], ["local"]),
)


def wrong_answers(context: Context) -> str:
    """The error says what is wrong, by its name; nothing is written."""
    problems = []
    for number, (options, told) in enumerate(_WRONG):
        folder = context.work / f"wrong-{number}"
        result = context.new(NAME, folder, *options, codes=(0, 2, 3))
        option = options[-1].partition("=")[0].lstrip("-")
        named = option in result.err or option.upper().replace("-", "_") in result.err
        lacking = [word for word in told if word not in result.err]
        if result.code == 0 or not named or lacking or folder.exists():
            problems.append(f"{' '.join(options)}: ended with {result.code}\n{result.text}")
    require(not problems, "\n".join(problems))
    return f"{len(_WRONG)} of them"


def options(context: Context) -> str:
    """`--help` of the layout: each variable with what it is for, its choices, its default."""
    told = run([context.scaffold, "new", "--layout", NAME, "--help"], cwd=context.work).out
    section = told.partition(f"Variables of {NAME}:")[2].partition("\nOptions:")[0]
    expected = {
        "--project-name",
        "--variant",
        "--domains",
        "--complex-domains",
        "--environments",
        "--local",
        "--production",
        "--port",
        "--python-version",
        "--[no-]example",
        "--license",
        "--copyright",
        "--license-id",
    }
    require_equal(
        "options", set(re.findall(r"^ +(--(?:\[no-\])?[a-z-]+)", section, re.MULTILINE)), expected
    )
    for word in ("minimal", "recommended", "multi-env", "domain1,domain2", "domain3", "8000"):
        require(word in section, f"it does not say {word}")
    require("development,staging,production" in section, "it does not say which environments")
    return f"{len(expected)} options"


def workflow(project: Once[Project]) -> str:
    return workflows(project().folder, project().python)


def own_yamllint(copies: Copies) -> str:
    """README's command: nothing to complain about, until there is."""
    copy = copies.make("linted")
    yamllint = copy.python.parent / "yamllint"
    run([yamllint, "--strict", "."], cwd=copy.folder, env=copy.environment())
    path = copy.config / "new.yaml"
    path.write_text("a: 1\na: 2\n", encoding="utf-8")
    told = run([yamllint, "--strict", "."], cwd=copy.folder, env=copy.environment(), codes=(1,))
    require("duplication" in told.out, f"it complains about something else\n{told.text}")
    shutil.rmtree(copy.folder)
    return "by its own rules"
