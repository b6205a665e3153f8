"""What is claimed about this repository's own workflows."""

import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from verification.claims import require, require_equal
from verification.context import Context
from verification.linters import read_yaml, sound_workflows
from verification.manifests import require_none
from verification.pins import pins
from verification.tools import REPOSITORY

_EVENTS = {
    "nightly.yml": {"schedule", "workflow_dispatch"},
    "release.yml": {"push"},
    "test.yml": {"pull_request", "push", "workflow_call"},
}
_READING = {"contents": "read"}
# What may do more than read, each right by its name.
_RIGHTS = {
    ("release.yml", "attest"): {"attestations": "write", "id-token": "write"},
    ("release.yml", "image"): {
        "attestations": "write",
        "id-token": "write",
        "packages": "write",
    },
    ("release.yml", "publish"): {"contents": "write"},
    ("release.yml", "pypi"): {"id-token": "write"},
}
# No layout has these: a release needs them.
_OWN = {
    "actions/attest",
    "actions/download-artifact",
    "actions/upload-artifact",
    "pypa/gh-action-pypi-publish",
}
_USED = re.compile(r"(?m)uses: ([\w.-]+/[\w.-]+)\S*@([0-9a-f]{40})  # v\d+\.\d+\.\d+$")
# A workflow of this repository, of the same commit.
_CALLED = re.compile(r"(?m)uses: \$/\.github/workflows/([\w-]+\.yml)$")
_CHECKOUT = re.compile(
    r"(?m)^      - uses: actions/checkout@.+\n        with:\n          persist-credentials: false\n"
)
# Lines of release.yml, and what would be wrong in their place.
_BREAKS = (
    ("    permissions:\n      contents: read\n", "    permissions:\n      contents: write\n"),
    ("    permissions:\n      contents: write\n", "    permissions: write-all\n"),
    ("      attestations: write\n", "      attestations: write\n      contents: write\n"),
    ("permissions: {}\n", "permissions:\n  contents: read\n"),
    ("    timeout-minutes: 10\n", ""),
    ("persist-credentials: false\n", "persist-credentials: true\n"),
    ("          persist-credentials: false\n", ""),
    ("needs: [tag, test, verify]\n", "needs: [tag, verify]\n"),
    ("needs: [tag, attest]\n", "needs: [tag]\n"),
    ("  cancel-in-progress: false\n", "  cancel-in-progress: true\n"),
    ('    tags: ["v*"]\n', "    branches: [main]\n"),
    ("  # v4.2.2\n", "\n"),
    ("actions/attest@", "actions/attest-sbom@"),
    ("      - run: mkdir dist", "CHECKOUT      - run: mkdir dist"),
    ('"$GITHUB_REF_NAME" --verify-tag', '"${{ github.ref_name }}" --verify-tag'),
)


def workflows(context: Context) -> str:
    """Sound, with no more rights than they need, and of actions that the layouts have as well."""
    folder = context.work / ".github"
    shutil.copytree(REPOSITORY / ".github", folder)
    found = sound_workflows(folder)
    require_equal("workflows", {path.name for path in found}, set(_EVENTS))
    require_none([problem for path in found for problem in _of_workflow(path)])
    [test] = read_yaml(folder / "workflows/test.yml")
    package = (REPOSITORY / "Package.swift").read_text(encoding="utf-8")
    [oldest] = re.findall(r"^// swift-tools-version: ([\d.]+)$", package, re.MULTILINE)
    versions = test["jobs"]["linux"]["strategy"]["matrix"]["swift"]
    require_equal("the oldest Swift", versions[0], oldest)
    _refuse_breaks(folder / "workflows/release.yml")
    return f"{len(found)} workflows, {len(_BREAKS)} faults"


def _refuse_breaks(path: Path) -> None:
    """Each fault alone, in a copy, is told."""
    text = path.read_text(encoding="utf-8")
    checkout = _CHECKOUT.findall(text)[0]
    for line, wrong in _BREAKS:
        require(line in text, f"{path.name} has no {line!r} to break")
        broken = text.replace(line, wrong.replace("CHECKOUT", checkout), 1)
        path.write_text(broken, encoding="utf-8")
        require(bool(list(_of_workflow(path))), f"nothing is told of {wrong!r}")
    path.write_text(text, encoding="utf-8")


def _of_workflow(path: Path) -> Iterator[str]:
    """What is wrong with one, a line each."""
    text = path.read_text(encoding="utf-8")
    [read] = read_yaml(path)
    name = path.name
    # YAML reads `on` as true.
    events = read["true"]
    if set(events) != _EVENTS[name]:
        yield f"{name} is for {sorted(events)}"
    if read["permissions"] != {}:
        yield f"{name} gives all of its jobs {read['permissions']}"
    if "concurrency" not in read:
        yield f"{name} lets two of its runs meet"
    yield from (f"{name} {problem}" for problem in _of_actions(text))
    for job, content in read["jobs"].items():
        rights = _RIGHTS.get((name, job), _READING)
        yield from (f"{name}, {job} {problem}" for problem in _of_job(content, rights))
    if name == "release.yml":
        yield from (f"{name} {problem}" for problem in _of_release(read, text))


def _of_actions(text: str) -> Iterator[str]:
    # `outdated` tells of both together.
    known: dict[str, set[str]] = {}
    for one in pins(REPOSITORY):
        if one.kind == "action" and one.where.startswith("Templates/"):
            known.setdefault(one.name, set()).add(one.commit)
    used = _USED.findall(text)
    if len(used) + len(_CALLED.findall(text)) != text.count("uses:"):
        yield "has an action without a commit or the version that it is of"
    for action, commit in used:
        if action not in known and action not in _OWN:
            yield f"uses {action}, which no layout has"
        elif action in known and commit not in known[action]:
            yield f"has {action} at {commit}, no layout has that one"


def _of_job(job: Mapping[str, Any], rights: Mapping[str, str]) -> Iterator[str]:
    if job.get("permissions") != rights:
        yield f"may {job.get('permissions')}, not {rights}"
    if "uses" in job:
        # Its own jobs are held to the same.
        return
    if "timeout-minutes" not in job:
        yield "has no limit of time"
    for step in job["steps"]:
        if not step.get("uses", "").startswith("actions/checkout@"):
            continue
        if step.get("with", {}).get("persist-credentials") is not False:
            yield "keeps the credentials of its checkout"
        if rights != _READING:
            yield "may do more than read, and has files of the repository"


def _of_release(read: Mapping[str, Any], text: str) -> Iterator[str]:
    """What may write waits for all that only reads; what somebody names is no part of a script."""
    if read["true"] != {"push": {"tags": ["v*"]}}:
        yield f"is for {read['true']}"
    if read["concurrency"].get("cancel-in-progress") is not False:
        yield "may be ended half published"
    jobs: Mapping[str, Mapping[str, Any]] = read["jobs"]
    writing = {job for name, job in _RIGHTS if name == "release.yml"}
    for job in sorted(writing):
        lacking = set(jobs) - writing - _before(jobs, job)
        if lacking:
            yield f"does not have {job} wait for {', '.join(sorted(lacking))}"
    if "cache" in text:
        yield "takes something out of a cache, which others may have filled"
    for name, content in jobs.items():
        for step in content.get("steps", ()):
            if "${{" in step.get("run", ""):
                yield f"has {name} put a value into a script"


def _before(jobs: Mapping[str, Mapping[str, Any]], name: str) -> set[str]:
    """What has to be done before a job begins."""
    needs: Sequence[str] | str = jobs[name].get("needs", ())
    direct = {needs} if isinstance(needs, str) else set(needs)
    return direct.union(*(_before(jobs, one) for one in direct))
