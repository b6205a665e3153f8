"""Hands this machine's way to a package index into image builds.

A Dockerfile says `pip install` or `uv sync` and no more. Where a machine reaches its index through
a mirror, a proxy or a certificate of its own, pip's settings say so, and a build has to be told.
"""

import ast
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from verification.commands import run
from verification.tools import tool

# Settings that mean the same inside; the others name files or fit one machine only.
_PASSED = ("index-url", "extra-index-url", "trusted-host", "proxy", "timeout", "default-timeout")
_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")


def build_arguments(state: Path) -> list[str]:
    """Volumes for `podman build`: nothing of them remains in the image."""
    settings = _settings()
    lines = ["[global]"]
    lines += [f"{name} = {value}" for name, value in sorted(settings.items())]
    arguments = []
    if _CERTIFICATES.is_file():
        lines.append(f"cert = {_CERTIFICATES}")
        arguments.append(f"--volume={_CERTIFICATES}:{_CERTIFICATES}:ro")
    configuration = state / "pip.conf"
    configuration.write_text("\n".join(lines) + "\n", encoding="utf-8")
    configuration.chmod(0o600)
    arguments.append(f"--volume={configuration}:/etc/pip.conf:ro")
    own = state / "uv.toml"
    own.write_text(_of_uv(settings), encoding="utf-8")
    own.chmod(0o600)
    return [*arguments, f"--volume={own}:/etc/uv/uv.toml:ro"]


@cache
def index_url() -> str:
    """Where pip looks for packages here: where it was told to, else where it does by itself."""
    script = "from pip._internal.models.index import PyPI; print(PyPI.simple_url)"
    told = _settings().get("index-url") or run([tool("python"), "-c", script]).out
    return told.strip().rstrip("/") + "/"


def _of_uv(settings: Mapping[str, str]) -> str:
    lines = ["system-certs = true"]
    if "index-url" in settings:
        lines.append(f"index-url = {json.dumps(settings['index-url'])}")
    if "extra-index-url" in settings:
        lines.append(f"extra-index-url = {json.dumps(settings['extra-index-url'].split())}")
    return "\n".join(lines) + "\n"


def _settings() -> dict[str, str]:
    """What pip would use here; the environment comes last and overrides the files."""
    listed = run([tool("pip"), "config", "list"]).out
    found: dict[str, str] = {}
    for line in listed.splitlines():
        key, _, value = line.partition("=")
        name = key.rpartition(".")[2]
        if name in _PASSED:
            found[name] = " ".join(str(ast.literal_eval(value)).split())
    return found
