"""What git and images leave out of a project: nothing that an answer has named."""

import re
import shutil
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import count
from pathlib import Path

from verification.claims import require, require_equal
from verification.commands import environment, run
from verification.context import Context
from verification.report import Check

# Folders that builders and checkers pass over unless they are told not to.
_PASSED_OVER = ("build", "env", "node_modules", "site_packages", "target")
_HARMLESS = "zebra"


def ignored_check(
    context: Context, layout: str, options: Sequence[Sequence[str]], ignored: Sequence[str]
) -> Check:
    """Each of `options` is tried with each word of the project's own ignore files in the place of
    `{name}` or `{identifier}`; `ignored` are the files that git has to leave out."""
    make = partial(_hides_no_name, context, layout, options, set(ignored))
    return Check("nothing that an answer has named is ignored", make)


def _hides_no_name(
    context: Context, layout: str, options: Sequence[Sequence[str]], ignored: set[str]
) -> str:
    numbers = count()
    tried = 0
    for chosen in options:

        def generate(word: str, chosen: Sequence[str] = chosen) -> Path | None:
            folder = context.memory / f"ignored-{next(numbers)}"
            names = {"name": word.replace("_", "-"), "identifier": word.replace("-", "_")}
            given = [option.format(**names) for option in chosen]
            result = context.new(layout, folder, *given, codes=(0, 3))
            return folder if result.code == 0 else None

        harmless = generate(_HARMLESS)
        require(harmless is not None, f"{chosen} are refused with {_HARMLESS}")
        if harmless is None:
            return ""
        words = sorted({*_words(harmless), *_PASSED_OVER})
        expected = (_hidden_from_git(harmless), len(_hidden_from_images(harmless)))
        require_equal("what git ignores", expected[0], ignored)
        shutil.rmtree(harmless)
        for word in words:
            # Whatever is refused is hidden from nobody.
            if (folder := generate(word)) is None:
                continue
            found = _hidden_from_git(folder), _hidden_from_images(folder)
            hidden = ", ".join(sorted(found[0] - ignored))
            require(not hidden, f"named {word}, git ignores {hidden}")
            left_out = f"named {word}, images lack others of {sorted(found[1])}"
            require(len(found[1]) == expected[1], left_out)
            shutil.rmtree(folder)
            tried += 1
    require(tried > 2 * len(options), f"all but {tried} names are refused")
    return f"{tried} projects"


def _patterns(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return [line for line in lines if line and not line.startswith("#")]


def _words(project: Path) -> Iterator[str]:
    """The names that occur in the patterns, as far as a person could give them."""
    for file in (".gitignore", ".dockerignore"):
        for pattern in _patterns(project / file):
            yield from re.findall(r"[a-z][a-z0-9_-]*[a-z0-9]", pattern)


def _files(project: Path) -> list[str]:
    return [
        path.relative_to(project).as_posix()
        for path in project.rglob("*")
        if path.is_file() and ".git" not in path.relative_to(project).parts
    ]


def _hidden_from_git(project: Path) -> set[str]:
    env = environment({"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"})
    git = ["git", "-C", str(project), "-c", "core.quotePath=false"]
    run([*git, "init", "--quiet"], env=env)
    names = "\n".join(_files(project))
    command = [*git, "check-ignore", "--no-index", "--stdin"]
    return set(run(command, env=env, codes=(0, 1), text=names).out.splitlines())


def _hidden_from_images(project: Path) -> set[str]:
    """As the builder of an image reads `.dockerignore`: the last pattern that fits decides."""
    rules = [
        (not pattern.startswith("!"), re.compile(_expression(pattern.removeprefix("!"))))
        for pattern in _patterns(project / ".dockerignore")
    ]
    hidden = set()
    for file in _files(project):
        fitting = [hides for hides, expression in rules if expression.match(file)]
        if fitting and fitting[-1]:
            hidden.add(file)
    return hidden


def _expression(pattern: str) -> str:
    """Of a path, or of a folder that it is in."""
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", pattern.strip("/"))
    meaning = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return "".join(meaning.get(part, re.escape(part)) for part in parts) + "(?:/|$)"
