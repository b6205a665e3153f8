"""`run.py --check`: every change that breaks the configuration is reported, with line and remedy.

What is changed is found by walking the files, see mutations.py: no reference is forgotten.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from layouts.orchestrator_config.programs import Fault, Run, run_all
from layouts.orchestrator_config.project import SECRET, Copies, Copy, Project, checks_of, is_secret
from verification.claims import require, require_equal
from verification.commands import Command, run
from verification.report import Check, Once

_HERE = Path(__file__).parent
# What a kind of change is called in the name of its check.
_TITLES = {
    "rename": "--check reports each name that is renamed",
    "delete": "--check reports each thing that is deleted",
    "double": "--check reports each key that is there twice",
    "type": "--check reports each value of another type",
    "unknown": "--check reports each key that it does not know",
}
# What YAML reads otherwise than it is written, or only some readers read; and what is no YAML.
_TRAPS = (
    "on",
    "off",
    "yes",
    "No",
    "y: 1",
    "22:30",
    "1:30:00",
    "010",
    "0x1F",
    "1_000",
    "+1",
    "1.5e+3",
    ".inf",
    ".NaN",
    "~",
    "2025-01-06",
    "!!binary YQ==",
    "!mine x",
    "*a",
    "'open",
    "[1, 2",
    "{a: 1, a: 2}",
    "- x",
    "\tx",
    "@x",
    "a: b",
    "\udcff",
    "\0",
    "|",
    "",
)


@dataclass(frozen=True)
class Checker:
    """One project's configuration."""

    copies: Copies
    kinds: Sequence[str] = tuple(_TITLES)
    # A project that has been walked: what that has as well is left out, and so is what differs from
    # another file of the project by the domain's name only.
    walked: Once[Project] | None = None

    def checks(self, title: str) -> list[Check]:
        copy = Once("a copy to be changed", lambda: self.copies.make("checked"))
        walked = Once("the walk", lambda: self._mutations(copy()))
        found: dict[str, Callable[[Copy], str]] = {
            "--check finds no fault, and changes nothing": _sound,
            "--check reports each variable that is not set": _unset,
            "--check refuses placeholders but on this machine": _placeholders,
        }
        for kind in self.kinds:
            found[_TITLES[kind]] = partial(_reported, walked, kind)
        return checks_of(found, copy, title)

    def trap_checks(self, title: str) -> list[Check]:
        copy = Once("a copy to be changed", lambda: self.copies.make("trapped"))
        found: dict[str, Callable[[Copy], str]] = {
            "--check reports what YAML reads otherwise": _traps,
            "--check reports files that it cannot use": _files,
            "no complaint tells a secret": _no_secret,
        }
        return checks_of(found, copy, title)

    def _mutations(self, copy: Copy) -> list[dict[str, Any]]:
        """Of domains that differ in their name only, one is changed in all ways."""
        project = copy.project
        files = configuration_files(project)
        overrides = [f"config/{one}/config.yaml" for one in project.environments]
        listed = [f"+{one}" if project.several and one in overrides else one for one in files]
        command: Command = [copy.python, _HERE / "mutations.py", ".", *listed]
        result = run(command, cwd=copy.folder, env=copy.environment())
        found: list[dict[str, Any]] = json.loads(result.out)
        twins, same = (_twins(project), _same(project, self.walked) if self.walked else set())
        return [
            one
            for one in found
            if one["file"] not in same
            and (one["file"] not in twins or (one["kind"] == "rename" and self.walked is None))
        ]


def configuration_files(project: Project) -> list[str]:
    paths = sorted((project.folder / "config").rglob("*.yaml"))
    return [path.relative_to(project.folder).as_posix() for path in paths]


def _twins(project: Project) -> set[str]:
    """Files that are those of another domain, or of another environment, but for its name."""
    twins = set()
    folder = project.folder / project.base / "domains"
    for domains in (project.simple, project.complex):
        for domain in domains[1:]:
            for path in [folder / f"{domain}.yaml", *(folder / domain).rglob("*.yaml")]:
                relative = path.relative_to(folder).as_posix()
                first = folder / relative.replace(domain, domains[0])
                if path.is_file() and _without(first, domains[0]) == _without(path, domain):
                    twins.add(path.relative_to(project.folder).as_posix())
    for place, environment in enumerate(project.environments if project.several else ()):
        for name in ("config.yaml", "database.yaml"):
            path = project.folder / "config" / environment / name
            text = _without(path, environment)
            for other in project.environments[:place]:
                if text == _without(project.folder / "config" / other / name, other):
                    twins.add(path.relative_to(project.folder).as_posix())
    return twins


def _same(project: Project, walked: Once[Project]) -> set[str]:
    """Files that the other project has as well, wherever that keeps them."""
    other = walked()
    folder, others = project.folder / project.base, other.folder / other.base
    return {
        path.relative_to(project.folder).as_posix()
        for path in folder.rglob("*.yaml")
        if (twin := others / path.relative_to(folder)).is_file()
        and twin.read_bytes() == path.read_bytes()
    }


def _without(path: Path, name: str) -> str:
    """What a file says, but for its comments and where it has the domain's name, quoted or not."""
    text = re.sub(r"(?m)#.*$", "", path.read_text(encoding="utf-8"))
    return re.sub(rf"(?i)\"?(?<![a-z]){name}(?![a-z])\"?", "#", text)


def _environment_of(project: Project, file: str) -> dict[str, str]:
    """The one that a file belongs to."""
    if not project.several:
        return {}
    own = [one for one in project.environments if file.startswith(f"config/{one}/")]
    return {"ENVIRONMENT": (own or [project.loosest])[0]}


def _reported(walked: Once[list[dict[str, Any]]], kind: str, copy: Copy) -> str:
    chosen = [one for one in walked() if one["kind"] == kind]
    require(bool(chosen), f"there is nothing to {kind}")
    runs = [
        Run({one["file"]: one["text"]}, _environment_of(copy.project, one["file"]))
        for one in chosen
    ]
    problems = []
    for one, ended in zip(chosen, run_all(copy, runs), strict=True):
        what = f"{one['file']}: {one['what']}"
        if ended.code == 0:
            problems.append(f"{what}: no fault is found")
        elif ended.says_more():
            problems.append(f"{what}: ended with {ended.code}\n{ended.err}")
        elif not _is_about(copy, one, ended.faults()):
            problems.append(f"{what}: reported as\n{ended.err}")
    require(not problems, f"{len(problems)} of {len(chosen)}:\n" + "\n".join(problems))
    files = Counter(one["file"] for one in chosen)
    return f"{len(chosen)} in {len(files)} files"


def _is_about(copy: Copy, mutation: Mapping[str, Any], faults: Sequence[Fault]) -> bool:
    """Its line is told where its place is wrong; else something says what it is about."""
    names, file = mutation["names"], mutation["file"]
    here = [
        one
        for one in faults
        if one.file == file and mutation["first"] <= one.line <= mutation["line"]
    ]
    if not names:
        return bool(here)
    named = [one for one in faults if any(name in one.text for name in names)]
    if mutation["kind"] == "delete":
        return bool(here or named)
    return bool(named) and bool(here or any(_line_has(copy, mutation, one) for one in faults))


def _line_has(copy: Copy, mutation: Mapping[str, Any], fault: Fault) -> bool:
    path = copy.folder / fault.file
    if fault.file == mutation["file"]:
        text = str(mutation["text"])
    elif path.is_file():
        text = path.read_text(encoding="utf-8")
    else:
        return False
    line = [*text.splitlines(), ""][fault.line - 1]
    return any(name in line for name in mutation["names"])


def _sound(copy: Copy) -> str:
    """In each environment, from any folder, without the library; nothing is left behind."""
    before = {path for path in copy.folder.rglob("*") if "__pycache__" not in path.parts}
    told = []
    for environment in copy.project.environments if copy.project.several else ("",):
        settings = {"ENVIRONMENT": environment} if environment else {}
        result = copy.run("run.py", "--check", settings=settings)
        require(not result.err, f"it complains\n{result.err}")
        told.append(result.out.strip())
    after = {path for path in copy.folder.rglob("*") if "__pycache__" not in path.parts}
    require_equal("left behind", after - before, set())
    return "; ".join(told)


def _unset(copy: Copy) -> str:
    """Each at each of its places, also where it is set to nothing."""
    project = copy.project
    texts = {
        file: (project.folder / file).read_text(encoding="utf-8")
        for file in configuration_files(project)
    }
    uses = [
        (file, number, name)
        for file, text in texts.items()
        for number, line in enumerate(text.splitlines(), 1)
        for name in re.findall(r"\$\{(\w+)\}", line.partition("# ")[0])
    ]
    known = project.variables()
    require_equal(
        "in .env.example and used nowhere",
        set(known) - {name for _, _, name in uses} - {"ORCHESTRATOR_CONFIG_PATH", "ENVIRONMENT"},
        set(),
    )
    (copy.folder / ".env").rename(copy.folder / ".env.away")
    runs = []
    for file, _, name in uses:
        others = {one: value for one, value in known.items() if one != name}
        environment = _environment_of(project, file)
        runs += [Run({}, others | {name: value} | environment) for value in (None, "")]
    ended = run_all(copy, runs)
    (copy.folder / ".env.away").rename(copy.folder / ".env")
    for number, (file, line, name) in enumerate(uses):
        for one in ended[2 * number : 2 * number + 2]:
            found = [fault for fault in one.faults() if name in fault.text]
            at = [fault for fault in found if (fault.file, fault.line) == (file, line)]
            require(bool(at), f"{file}:{line}: {name} is not set\n{one.err}")
            require(any(".env" in fault.text for fault in at), f"no remedy\n{one.err}")
            rest = [fault for fault in one.faults() if fault not in found]
            require(not rest, f"{name} is not set, and it complains about others\n{one.err}")
    return f"{len(uses)} places of {len({name for _, _, name in uses})} variables"


def _placeholders(copy: Copy) -> str:
    """What .env.example has, at each place where a secret is used; it starts nothing either."""
    project = copy.project
    text = (project.folder / ".env.example").read_text(encoding="utf-8")
    example = dict(re.findall(r"^([A-Z][A-Z0-9_]*)=(.*)$", text, re.MULTILINE))
    secrets = {name for name in example if is_secret(name)}
    require(bool(secrets), ".env.example has no secret")
    for name in secrets:
        require_equal(f"{name} in .env.example", example[name], "change-me")
    environments: Sequence[str] = ("local", "production", "")
    if project.several:
        environments = project.environments
    ended = run_all(copy, [Run({}, example | {"ENVIRONMENT": one}) for one in environments])
    for environment, result in zip(environments, ended, strict=True):
        loose = "local" if not project.several else "" if project.lone else project.loosest
        if environment == loose:
            require_equal(f"in {environment}", (result.code, result.err), (0, ""))
            continue
        files = [
            file
            for file in configuration_files(project)
            if not project.several
            or file.startswith((f"{project.base}/", f"config/{environment}/"))
        ]
        expected = {
            (file, number, name)
            for file in files
            for number, line in enumerate((copy.folder / file).read_text().splitlines(), 1)
            for name in re.findall(r"\$\{(\w+)\}", line.partition("# ")[0])
            if name in secrets
        }
        told = {
            (one.file, one.line, name)
            for one in result.faults()
            for name in secrets
            if name in one.text and "change-me" in one.text
        }
        require_equal(f"in {environment}", told, expected)
        require_equal(f"faults in {environment}", len(result.faults()), len(expected))
    return f"{len(secrets)} secrets in {len(environments)} environments"


def _traps(copy: Copy) -> str:
    """In the place of a text, as one writes without thinking; the line is told."""
    file = f"{copy.project.base}/config.yaml"
    text = (copy.folder / file).read_text(encoding="utf-8")
    [name] = re.findall(r"^  description: (.+)$", text, re.MULTILINE)
    line = text[: text.index(name)].count("\n") + 1
    runs = [Run({file: text.replace(f" {name}", f" {trap}")}) for trap in _TRAPS]
    keys = ("version: 1\n", "true: 1\n", "on: 1\n", "1: 1\n", "<<: {a: 1}\n", "? [a]\n: 1\n")
    runs += [Run({file: f"{text}{key}"}) for key in keys]
    last = text.count("\n") + 1
    ended = run_all(copy, runs, "exact")
    places = [line] * len(_TRAPS) + [last] * len(keys)
    for trap, place, one in zip((*_TRAPS, *keys), places, ended, strict=True):
        require(one.code == 1, f"{trap!r} is taken: it ended with {one.code}\n{one.out}{one.err}")
        # What is no YAML or no text shows where reading ends, which may be below.
        unreadable = re.search(r"not YAML|no text", one.err)
        near = [
            fault
            for fault in one.faults()
            if fault.file == file and (fault.line == place or unreadable)
        ]
        require(bool(near), f"{trap!r} in line {place} is reported as\n{one.err}")
    return f"{len(runs)} of them"


def _files(copy: Copy) -> str:
    """Empty, no mapping, two documents, not where the service looks, of a name that is not read."""
    base = copy.project.base
    file = f"{base}/config.yaml"
    text = (copy.folder / file).read_text(encoding="utf-8")
    domain = f"{base}/domains/{copy.project.simple[0]}.yaml"
    of_domain = (copy.folder / domain).read_text(encoding="utf-8")
    cases: list[tuple[Mapping[str, str | None], str]] = [
        ({file: ""}, file),
        ({file: "# nothing\n"}, file),
        ({file: "- 1\n"}, file),
        ({file: "text\n"}, file),
        ({file: f"{text}---\n{text}"}, file),
        ({file: None}, base),
        ({f"{base}/domains/other.yaml": of_domain}, f"{base}/domains/other.yaml"),
        ({f"{base}/domains/other.yml": of_domain}, f"{base}/domains/other.yml"),
        ({f"{base}/domain/other.yaml": of_domain}, f"{base}/domain/other.yaml"),
        ({f"{base}/settings.yaml": text}, f"{base}/settings.yaml"),
        ({f"{base}/integrations/apis.yaml": "api:\n"}, f"{base}/integrations/apis.yaml"),
        ({f"{base}/domains/empty/database.yaml": "database:\n"}, f"{base}/domains/empty/"),
    ]
    # Of one domain there are a file and a directory.
    first = copy.project.simple[0]
    cases.append(({f"{base}/domains/{first}/{first}.yaml": of_domain}, f"{base}/domains/{first}"))
    for (files, told), ended in zip(
        cases, run_all(copy, [Run(files) for files, _ in cases], "exact"), strict=True
    ):
        found = [one for one in ended.faults() if one.file.startswith(told)]
        require(bool(found), f"{sorted(files)}: it says nothing of {told}\n{ended.err}")
    return f"{len(cases)} of them"


def _no_secret(copy: Copy) -> str:
    """Written into a file where a variable belongs, and of a wrong form."""
    files = [
        file
        for file in configuration_files(copy.project)
        if "${" in (copy.folder / file).read_text()
    ]
    runs = []
    for file in files:
        text = (copy.folder / file).read_text(encoding="utf-8")
        for name in set(re.findall(r"\$\{(\w+)\}", text)):
            if is_secret(name):
                for wrong in (f"[{SECRET}]", f"{{{SECRET}: 1}}", f'"{SECRET}'):
                    changed = re.sub(rf"(?m): \S*\$\{{{name}\}}.*$", f": {wrong}", text)
                    runs.append(Run({file: changed}, _environment_of(copy.project, file)))
    require(bool(runs), "no file has a secret")
    for one in run_all(copy, runs, "exact"):
        one.faults()
        require(SECRET not in one.err + one.out, f"it tells the secret\n{one.err}")
    return f"{len(runs)} of them"
