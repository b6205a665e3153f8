"""What is claimed about `scaffold check`: its reports are what the readers of each take."""

import json
import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from verification.claims import require, require_equal
from verification.commands import Command, run
from verification.context import Context, Layout
from verification.report import Check, Lane
from verification.tools import tool

_READER = Path(__file__).parents[1] / "verification/sarif_reader.py"
# What a workflow's runner takes for an annotation.
_ANNOTATION = re.compile(r"::(error|warning|notice) ((?:[a-z]+=[^,:]+,?)+)::(.+)")
# Names that mean something in a URI, or in a command of a workflow.
_NAME = "a b,c%:é/demo"


def _lanes(context: Context) -> Sequence[Lane]:
    return [
        Lane(
            [
                Check("SARIF is as its schema has it", partial(_sarif, context)),
                Check("annotations are as a runner reads them", partial(_annotations, context)),
            ]
        )
    ]


def _folder(context: Context, name: str) -> Path:
    """With a project that has lost a file, and whose script is no program any more."""
    folder = context.work / name
    project = folder / _NAME
    project.parent.mkdir(parents=True)
    context.new("staged-docker", project)
    (project / "Makefile").unlink()
    next(iter(sorted((project / "scripts_sh").iterdir()))).chmod(0o644)
    return folder


def _sarif(context: Context) -> str:
    folder = _folder(context, "sarif")
    command: Command = [context.scaffold, "check", "--format", "sarif", _NAME]
    file = folder / "found.sarif"
    text = run(command, cwd=folder, codes=(1,)).out
    file.write_text(text, encoding="utf-8")
    told = run([tool("python"), _READER, file]).out.strip()
    [log] = json.loads(text)["runs"]
    _whole(log)
    # The reader would say so.
    for old, new in (('"ruleId"', '"rule"'), ('"startLine": 1', '"startLine": 0')):
        require(old in text, f"there is no {old}")
        file.write_text(text.replace(old, new), encoding="utf-8")
        run([tool("python"), _READER, file], codes=(1,))
    # Of what cannot be checked there is a report as well.
    text = run([*command, "none"], cwd=folder, codes=(2,)).out
    file.write_text(text, encoding="utf-8")
    run([tool("python"), _READER, file])
    [invocation] = json.loads(text)["runs"][0]["invocations"]
    require_equal("whether all went well", invocation["executionSuccessful"], False)
    return told


def _whole(log: dict[str, Any]) -> None:
    """Each result is of the rule that it names, and of a file that a checkout has."""
    rules = [rule["id"] for rule in log["tool"]["driver"]["rules"]]
    require_equal("rules", len(set(rules)), len(rules))
    for result in log["results"]:
        require_equal("a result's rule", rules[result["ruleIndex"]], result["ruleId"])
        [location] = result["locations"]
        uri = location["physicalLocation"]["artifactLocation"]["uri"]
        require(uri.startswith("a%20b%2Cc%25%3A%C3%A9/demo/"), f"{uri} is not below the project")


def _annotations(context: Context) -> str:
    folder = _folder(context, "annotations")
    command: Command = [context.scaffold, "check", "--format", "github", _NAME]
    lines = run(command, cwd=folder, codes=(1,)).out.splitlines()
    require(len(lines) > 1, "there is no finding")
    for line in lines:
        match = _ANNOTATION.fullmatch(line)
        require(match is not None, f"{line} is no annotation")
        if match is not None:
            properties = dict(part.split("=", 1) for part in match[2].split(","))
            require_equal("properties", set(properties) - {"line", "col"}, {"file", "title"})
            require(
                properties["file"].startswith("a b%2Cc%25%3Aé/demo/"),
                f"{properties['file']} is not below the project",
            )
    return f"{len(lines)} annotations"


LAYOUT = Layout("checked", (), _lanes)
