"""What a list of answers gets or loses later: the files of its other items stay as they are.

Roles are recorded, so that a longer list makes nobody else the strict environment. What README tells
to write for one more item is what the layout writes for it, and no file is forgotten without the
project's own tests saying so.
"""

import fnmatch
import json
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from layouts.orchestrator_config.database import run_operations
from layouts.orchestrator_config.project import NAME, Project, tree
from verification.claims import require, require_equal
from verification.commands import run
from verification.context import Context
from verification.report import Check, Once

Lists = Mapping[str, Sequence[str]]
Tree = Mapping[str, tuple[int, bytes]]

_LISTS: Lists = {
    "domains": ("orders", "customers"),
    "complex-domains": ("stock", "billing"),
    "environments": ("qa", "prod-eu", "here", "prod-us"),
}
_LOCAL, _STRICT = "here", ("prod-eu", "prod-us")
# In the list that grows.
_ADDED = {"domains": "invoices", "complex-domains": "refunds", "environments": "next-eu"}
# They show the items to people, each in a way of its own.
_FOR_PEOPLE = ("README.md", ".scaffold.json")
# They have lines for each item, which come and go with it.
_LISTING: Mapping[str, Sequence[str]] = {
    "domains": (
        "config/*/database.yaml",
        "config/database.yaml",
        "data/schema.sql",
        "data/seed.sql",
        "tests/test_config.py",
    ),
    "complex-domains": (
        "data/schema.sql",
        "data/seed.sql",
        "tests/test_config.py",
        ".env",
        ".env.example",
    ),
    "environments": (),
}
# By README, those about what an owner edits.
_TESTS = ("test_config.py", "test_postman.py", "test_yaml_style.py", "test_environments.py")
# What `pytest` does not miss: README says so of the first; the second is of this machine only.
_UNNOTICED = ("tests/test_config.py", ".env")


def checks(context: Context, python: Once[Path]) -> list[Check]:
    growth = _Growth(context, python)
    found: dict[str, Callable[[], str]] = {
        "a record keeps the roles": growth.recorded,
        "README's recipe for one of the domains, minimal": growth.recipe_of_minimal,
    }
    for of in _LISTS:
        found[f"one more, one less of the {of}"] = partial(growth.seam, of)
        if of != "environments":
            smaller = partial(growth.recipe, of, "recommended")
            found[f"README's recipe for one of the {of}, recommended"] = smaller
    for of in context.in_turn(list(_LISTS)):
        found[f"README's recipe for one of the {of}, multi-env"] = partial(growth.recipe, of)
    return [Check(name, make) for name, make in found.items()]


@dataclass(frozen=True)
class _Growth:
    """Projects that differ in one item."""

    context: Context
    python: Once[Path]

    def _make(self, lists: Lists, variant: str = "multi-env", name: str = "grown") -> Path:
        folder = self.context.memory / name
        shutil.rmtree(folder, ignore_errors=True)
        options = [f"--variant={variant}", "--project-name=grown"]
        if variant != "minimal":
            options.append("--python-version=3.13")
        for option, items in lists.items():
            if variant == "multi-env" or option != "environments":
                options.append(f"--{option}={','.join(items)}")
        if variant == "multi-env":
            strict = [one for one in _STRICT if one in lists["environments"]]
            options += [f"--local={_LOCAL}", f"--production={','.join(strict)}"]
        self.context.new(NAME, folder, *options)
        return folder

    def seam(self, of: str) -> str:
        """At every place of the list; and without each item, but for the one of this machine."""
        items, added = list(_LISTS[of]), _ADDED[of]
        before = tree(self._make(_LISTS))
        for place in range(len(items) + 1):
            longer = {**_LISTS, of: [*items[:place], added, *items[place:]]}
            _require_only(of, added, before, tree(self._make(longer)))
        removed = [one for one in items if one != _LOCAL]
        for item in removed:
            shorter = {**_LISTS, of: [one for one in items if one != item]}
            _require_only(of, item, tree(self._make(shorter)), before)
        return f"{len(items) + 1} places, {len(removed)} items"

    def recorded(self) -> str:
        """Where nobody named them, they are those of the list as it was."""
        folder = self.context.memory / "recorded"
        name = "--project-name=recorded"
        self.context.new(NAME, folder, name, "--variant=multi-env", "--environments=dev,prod")
        record = folder / ".scaffold.json"
        answers = json.loads(record.read_text(encoding="utf-8"))["layouts"][0]["answers"]
        require_equal("roles", (answers["LOCAL"], answers["PRODUCTION"]), ("dev", ["prod"]))
        again = self.context.memory / "recorded-again"
        options = (f"--answers={record}", "--environments=laptop,dev,prod,dr")
        self.context.new(NAME, again, name, *options)
        before, after = tree(folder / "config"), tree(again / "config")
        changed = [name for name, one in before.items() if after.get(name) != one]
        require_equal("what has changed", changed, [])
        new = {name.partition("/")[0] for name in set(after) - set(before)}
        require_equal("what is new", new, {"laptop", "dr"})
        return "dev and prod, with others before and behind"

    def recipe(self, of: str, variant: str = "multi-env") -> str:
        """Followed to the letter, the project's tests pass; and no step of it can be left out."""
        added = _ADDED[of]
        before = self._make(_LISTS, variant, "before")
        longer = {**_LISTS, of: [*_LISTS[of], added]}
        after = self._make(longer, variant, "after")
        was, then = tree(before), tree(after)
        changed = {name for name, one in then.items() if was.get(name) != one}
        changed -= set(_FOR_PEOPLE)
        told = _told(before, of, added)
        require_equal("files of README's recipe", sorted(told), sorted(changed))
        for name in told:
            if name not in was:
                _require_copy(after, name, added, _LISTS[of][0])
            (before / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(after / name, before / name)
        failed = self._failure(before)
        require(not failed, f"README's recipe was followed\n{failed}")
        self._check(before, _LOCAL if variant == "multi-env" else "local")
        tried = told if variant == "multi-env" else []
        for name in tried:
            copy = self.context.memory / "forgotten"
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(before, copy)
            (copy / name).unlink()
            if name in was:
                (copy / name).write_bytes(was[name][1])
            if name not in _UNNOTICED:
                require(bool(self._failure(copy)), f"without {name} its tests pass")
        return f"{len(told)} files, {len(tried)} forgotten"

    def recipe_of_minimal(self) -> str:
        """Two files, and the command that has made the database, with the new name alone."""
        lists = {"domains": _LISTS["domains"]}
        added = _ADDED["domains"]
        before = self._make(lists, "minimal", "before")
        after = self._make({"domains": [*lists["domains"], added]}, "minimal", "after")
        was, then = tree(before), tree(after)
        changed = {name for name, one in then.items() if was.get(name) != one}
        recipe = Project(before).readme.partition("\n## Another domain\n")[2]
        told = re.findall(r"`(config/[^`]+)`", recipe.partition("Keep secrets")[0])
        told = [name.replace("DOMAIN", added) for name in told]
        require_equal("files of README's recipe", set(told), changed - set(_FOR_PEOPLE))
        [block] = re.findall(r"^```bash\n(python3 -c .*?)^```", Project(before).readme, re.M | re.S)
        names = " ".join(lists["domains"])
        for names_in_it in (names, added):
            command = block.replace(f"'{names}'", f"'{names_in_it}'")
            run(["bash", "-euc", command], cwd=before)
        for name in told:
            shutil.copy(after / name, before / name)
        operations = run_operations(self.python(), before / "local.db", before / "config")
        require(any(added in one["name"] for one in operations), f"no operation is of {added}")
        return f"{len(told)} files, {len(operations) // 2} operations"

    def _failure(self, folder: Path) -> str:
        project, python = Project(folder), self.python()
        tests = [f"tests/{name}" for name in _TESTS if (folder / "tests" / name).exists()]
        options = ("-m", "pytest", "-q", "-x", "-p", "no:cacheprovider")
        env = project.environment(python)
        result = run([python, *options, *tests], cwd=folder, env=env, codes=(0, 1, 2), seconds=120)
        return result.text if result.code else ""

    def _check(self, folder: Path, environment: str) -> None:
        env = Project(folder).environment(self.python(), {"ENVIRONMENT": environment})
        run([self.python(), "run.py", "--check"], cwd=folder, env=env)


def _require_only(of: str, item: str, without: Tree, having: Tree) -> None:
    """One tree has an item more than the other: nothing else is new, and nothing is gone."""
    words = (item, item.replace("-", "_"))
    new = set(having) - set(without)
    strange = [name for name in new if not any(word in name for word in words)]
    require(bool(new) and not strange, f"{item} brings {strange or 'no file'}")
    require_equal(f"files that go with {item}", set(without) - set(having), set())
    for name, one in without.items():
        if having[name] == one or name in _FOR_PEOPLE:
            continue
        listing = any(fnmatch.fnmatchcase(name, pattern) for pattern in _LISTING[of])
        require(listing, f"{item} of the {of} changes {name}")
        rest = iter(having[name][1].splitlines())
        lost = [line for line in one[1].splitlines() if line not in rest]
        require(not lost, f"{item} of the {of} changes lines of {name}: {lost}")


def _require_copy(project: Path, name: str, item: str, other: str) -> None:
    """A new file is that of another item, with the name of the new one."""
    text = (project / name).read_text(encoding="utf-8")
    for form in (str.lower, str.upper):
        text = text.replace(form(item), form(other))
    copied = (project / name.replace(item, other)).read_text(encoding="utf-8")
    require_equal(f"{name} as a copy of that of {other}", text, copied)


def _told(project: Path, of: str, added: str) -> list[str]:
    """The files that README's tables name for one more item."""
    readme = (project / "README.md").read_text(encoding="utf-8")
    heading = "Another environment" if of == "environments" else "Another domain"
    section = readme.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    tables = re.findall(r"^\| file .*\n\| ---.*\n((?:\|.*\n)+)", section, re.MULTILINE)
    found = [re.findall(r"^\| `([^`]+)`", table, re.MULTILINE) for table in tables]
    if of == "complex-domains":
        # Its own in the place of the first two.
        require_equal("tables", len(found), 2)
        rows = [*found[1], *found[0][2:]]
    else:
        rows = found[0]
    if of == "environments":
        return [row.replace("ENVIRONMENT", added) for row in rows]
    rows = [row.replace("DOMAIN", added) for row in rows]
    return [
        row.replace("ENVIRONMENT", one)
        for row in rows
        for one in (_LISTS["environments"] if "ENVIRONMENT" in row else ("",))
    ]
