"""Several environments: which is chosen, what its files and those of the base make together."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from layouts.orchestrator_config.programs import Run, run_all
from layouts.orchestrator_config.project import SECRET, Copies, Copy, Project, checks_of, is_secret
from layouts.orchestrator_config.service import running
from verification.claims import require, require_equal
from verification.commands import run
from verification.report import Check, Once

_READ = """
import json, pathlib, sys, yaml
folder = pathlib.Path(sys.argv[1])
print(json.dumps({
    path.relative_to(folder).as_posix(): yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in folder.rglob("*.yaml")
}))
"""
_READ_ONE = "import json, sys, yaml; print(json.dumps(yaml.safe_load(sys.stdin)))"
# An override of everything that can be overridden: a mapping, a list, a value, by null, a file.
_OVERRIDE = {
    "config.yaml": (
        "app:\n  environment: tried\nserver:\n  port: {port}\n"
        "api:\n  docs_url: null\nlogging:\n  file:\n    backup_count: 3\n"
    ),
    "integrations/api_sources.yaml": (
        "api:\n  sources:\n    reference_data:\n      retry_on_status: [500]\n"
        '      headers:\n        X-Tried: "yes"\n'
    ),
}
# What a person would write, although it is a secret; and where.
_LITERALS = {
    "password": "postgresql://service:{}@localhost:5432/x",
    "user and password": "postgresql://service:{}%40x@localhost/x?sslmode=require",
    "query": "postgresql://localhost/x?user=service&password={}",
}

Files = Mapping[str, Any]


@dataclass(frozen=True)
class Environments:
    """A project with several of them."""

    copies: Copies
    port: int

    def checks(self, title: str) -> list[Check]:
        copy = Once("a copy with environments", lambda: self.copies.make("environments"))
        found: dict[str, Callable[[Copy], str]] = {
            "the service gets base and overrides merged": self._merged,
            "mappings merge, lists and values replace": self._rules,
            "ENVIRONMENT that is not there": _unknown,
        }
        return checks_of(found, copy, title)

    def _merged(self, copy: Copy) -> str:
        """In each environment; without ENVIRONMENT it is that of this machine."""
        names = copy.project.environments
        for name in names:
            require_equal(f"files of {name}", self._given(copy, name), expected(copy, name))
        text = (copy.folder / ".env").read_text(encoding="utf-8")
        (copy.folder / ".env").write_text(re.sub(r"(?m)^ENVIRONMENT=.*\n", "", text), "utf-8")
        result = copy.run("run.py", "--check")
        loosest = copy.project.loosest
        require(f"{loosest}:" in result.out, f"without ENVIRONMENT: {result.out}")
        (copy.folder / ".env").write_text(text, encoding="utf-8")
        return ", ".join(names)

    def _given(self, copy: Copy, name: str) -> Files:
        """What the library finds in `config_path`."""
        options = ("--port", str(self.port))
        with running(copy, *options, port=self.port, settings={"ENVIRONMENT": name}) as one:
            return read_all(copy, one.recorded.files)

    def _rules(self, copy: Copy) -> str:
        """Seen by the service, and by --print-config."""
        name = "tried"
        loosest = copy.config / copy.project.loosest
        for file, text in _OVERRIDE.items():
            path = copy.config / name / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.replace("{port}", str(self.port)), encoding="utf-8")
        database = (loosest / "database.yaml").read_text(encoding="utf-8")
        (copy.config / name / "database.yaml").write_text(database, encoding="utf-8")
        given = self._given(copy, name)
        require_equal("files", given, expected(copy, name))
        settings, apis = given["config.yaml"], given["integrations/api_sources.yaml"]
        require_equal("a value", settings["server"], {"host": "0.0.0.0", "port": self.port})
        require_equal("null", settings["api"]["docs_url"], None)
        require_equal("a mapping", settings["logging"]["file"]["backup_count"], 3)
        require("max_bytes" in settings["logging"]["file"], "what was not overridden is away")
        source = apis["api"]["sources"]["reference_data"]
        require_equal("a list", source["retry_on_status"], [500])
        require_equal("headers", sorted(source["headers"]), ["Accept", "X-Tried"])
        printed = require_printed(copy, name, given)
        return f"{len(given)} files; {printed}"


def print_check(copies: Copies, title: str) -> Check:
    copy = Once("a copy to be printed", lambda: copies.make("printed"))
    return Check(f"--print-config shows all but the secrets{title}", lambda: _printed(copy()))


def _printed(copy: Copy) -> str:
    """Those of variables, and those that somebody has written into a file."""
    project = copy.project
    names = project.environments if project.several else ("",)
    for name in names:
        told = require_printed(copy, name, expected(copy, name))
    file = project.databases[0]
    text = (copy.folder / file).read_text(encoding="utf-8")
    spoilt: dict[str, tuple[str, str]] = {}
    for what, address in _LITERALS.items():
        written = f'connection_string: "{address.format(SECRET)}"'
        spoilt[f"a {what} in a URL"] = (file, re.sub(r"connection_string: .*", written, text))
    file = f"{project.base}/integrations/api_sources.yaml"
    text = (copy.folder / file).read_text(encoding="utf-8")
    for header in ("Authorization", "X-Api-Key", "Cookie", "X-Auth-Token"):
        written = f"{header}: Bearer {SECRET}"
        spoilt[f"the header {header}"] = (file, text.replace("Accept: application/json", written))
    spoilt["a token"] = file, re.sub(r"token: .*", f"token: {SECRET}", text)
    runs = [
        Run({file: written}, _chosen(_loosest(project)), ["--print-config"])
        for file, written in spoilt.values()
    ]
    for what, result in zip(spoilt, run_all(copy, runs), strict=True):
        require(SECRET not in result.text, f"it shows {what}")
        require(result.code == 0, f"with {what} it ended with {result.code}\n{result.text}")
        require("***" in result.out, f"it does not mask {what}\n{result.text}")
    return f"{told}, and {len(spoilt)} that are in files"


def _loosest(project: Project) -> str:
    return project.loosest if project.several else ""


def require_printed(copy: Copy, environment: str, files: Files) -> str:
    """All values of all files, in which variables may be replaced and secrets are masked."""
    result = copy.run("run.py", "--print-config", settings=_chosen(environment))
    require(SECRET not in result.text, f"it shows a secret\n{result.text}")
    shown = json.loads(run([copy.python, "-c", _READ_ONE], text=result.out).out)
    require_equal("files", set(shown), set(files))
    variables = copy.project.variables()
    masked = 0
    for path, value in _leaves(files):
        found: Any = shown
        for part in path:
            found = found[part]
        names = re.findall(r"\$\{(\w+)\}", str(value))
        if any(is_secret(name) for name in names):
            require("***" in str(found), f"{path} is shown as {found}")
            masked += 1
        else:
            resolved = value
            for name in names:
                resolved = resolved.replace(f"${{{name}}}", variables[name])
            require(found in (value, resolved), f"{path} is {value!r}, and shown as {found!r}")
    require(masked > 0, "no secret is masked")
    return f"{masked} secrets masked"


def _chosen(environment: str) -> dict[str, str]:
    return {"ENVIRONMENT": environment} if environment else {}


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from _leaves(item, (*path, key))
    elif isinstance(value, list) and value:
        for index, item in enumerate(value):
            yield from _leaves(item, (*path, index))
    else:
        yield path, value


def read_all(copy: Copy, folder: Path) -> Files:
    found: Files = json.loads(run([copy.python, "-c", _READ, folder]).out)
    return found


def expected(copy: Copy, environment: str) -> Files:
    if not environment:
        return read_all(copy, copy.config)
    base, overrides = (
        read_all(copy, copy.config / "base"),
        read_all(copy, copy.config / environment),
    )
    return {
        name: _over(base[name], overrides[name]) if name in base and name in overrides else one
        for name, one in {**base, **overrides}.items()
    }


def _over(base: Any, override: Any) -> Any:
    if isinstance(base, dict) and isinstance(override, dict):
        return base | {
            key: _over(base[key], value) if key in base else value
            for key, value in override.items()
        }
    return override


def _unknown(copy: Copy) -> str:
    """Nothing is started, and those that there are, are told."""
    runs = [
        Run(variables={"ENVIRONMENT": name}, arguments=arguments, program=program)
        for name in ("elsewhere", "base", "../config/base", ".", "Development")
        for program, arguments in (
            ("run.py", []),
            ("run.py", ["--check"]),
            ("run.py", ["--print-config"]),
            ("scripts/reload_config.py", []),
        )
    ]
    for one, result in zip(runs, run_all(copy, runs), strict=True):
        what = f"{one.program} {one.arguments} {one.variables}"
        require(result.code in (1, 2), f"{what} ended with {result.code}\n{result.text}")
        require_equal(f"{what}, lines", len(result.text.splitlines()), 1)
        for known in copy.project.environments:
            require(known in result.err, f"{what}: it does not say {known}\n{result.err}")
    return result.err.strip()
