"""Models must not be called as something that the code of every model uses or defines."""

import json
import re

from layouts.tiered.project import NAME, TIERS
from verification.claims import require
from verification.commands import run
from verification.context import Context
from verification.tools import interpreter

# A word that the layout has nowhere: what has it in its name is made from a model's name.
_MODEL = "zebra"
_FORM = re.compile(f"({_MODEL}s?|{_MODEL.title()})")
# Where a word begins: "RowT", "APIRouter".
_WORDS = r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])"
# Of each module: what is imported, defined, given or used in it under a name of its own. It is run
# by a Python that knows the syntax of the projects.
_NAMES = """
import ast, json, pathlib, sys
def names(node):
    match node:
        case ast.Name(id=name) | ast.arg(arg=name) | ast.TypeVar(name=name):
            yield name
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.alias(name=name, asname=other):
            yield other or name.partition(".")[0]
modules = [ast.parse(path.read_text("utf-8")) for path in pathlib.Path(sys.argv[1]).rglob("*.py")]
print(json.dumps([sorted({n for x in ast.walk(one) for n in names(x)}) for one in modules]))
"""


def used_names_are_refused(context: Context) -> str:
    """Whatever model would get a class, a function or a module of a name that is there already."""
    taken: set[str] = set()
    for tier in TIERS:
        for example in ("--example", "--no-example"):
            folder = context.memory / f"names-{tier}{example}"
            context.new(NAME, folder, f"--tier={tier}", f"--models={_MODEL}", example)
            told = run([interpreter("3.13").executable, "-c", _NAMES, folder]).out
            for names in json.loads(told):
                taken |= _taken(set(names))
    # What is seen at a glance, so that the search above cannot have found nothing.
    for model in ("service", "page_of", "current_user", "base_repository", "user"):
        require(model in taken, f"{model} is not found in the code")
    accepted = []
    for model in sorted(taken):
        options = ["--dry-run", f"--models={model}"]
        ended = context.new(NAME, context.work / "not-made", *options, codes=(0, 3))
        if ended.code == 0:
            accepted.append(model)
    require(not accepted, f"not refused: {', '.join(accepted)}")
    return f"{len(taken)} names"


def _taken(names: set[str]) -> set[str]:
    """The models that would give one of the module's names to something of theirs."""
    forms = {name for name in names if _FORM.search(name)}
    found = set()
    for form in forms:
        before, word, after = _FORM.split(form, maxsplit=1)
        for name in names - forms:
            middle = re.fullmatch(f"{re.escape(before)}(.+){re.escape(after)}", name)
            if middle is None:
                continue
            model = re.sub(_WORDS, "_", middle[1]).lower()
            if word == f"{_MODEL}s":
                # The plural of nothing, unless it ends so.
                model = model.removesuffix("s") if model.endswith("s") else ""
            same = model.title().replace("_", "") if word[0].isupper() else middle[1]
            # As APIRouter: a class of a model is called ApiRouter.
            if model and same == middle[1]:
                found.add(model)
    return found
