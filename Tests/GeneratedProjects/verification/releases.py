"""What there is to have by now: tags of registries, versions of an index, tags of repositories."""

import json
import re
import tempfile
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urljoin

from verification.commands import CheckError, environment, run
from verification.pins import Pin
from verification.tools import tool, uv

# Where a registry answers, if that is not its name.
REGISTRIES = {"docker.io": "https://registry-1.docker.io"}
GITHUB = "https://github.com"
# What is held back on purpose: the only tags that count, or versions, and why.
HELD = {
    "docker.io/library/postgres": (r"17-", "another major does not read the data of this one"),
    "docker.io/prom/prometheus": (r"v3\.13\.", "the line with long support"),
    "types-protobuf": ("<7", "Apache Beam takes protobuf 6"),
}
_SECONDS = 20
_MOST_PAGES = 50


@dataclass(frozen=True)
class Finding:
    """What a pin has become; nothing newer is known where there was no answer."""

    pin: Pin
    newest: str = ""
    state: str = "current"
    why: str = ""


@dataclass
class Releases:
    """Where images and actions are asked for."""

    registries: Mapping[str, str] = field(default_factory=lambda: REGISTRIES)
    github: str = GITHUB

    def compare(self, pins: Sequence[Pin]) -> list[Finding]:
        """In the order of the pins."""

        def find(pin: Pin) -> Finding:
            try:
                if pin.kind == "image":
                    return self._image(pin)
                if pin.kind == "action":
                    return self._action(pin)
                return _package(pin, _newest_package(pin))
            except (CheckError, OSError, ValueError, KeyError) as error:
                return Finding(pin, state="not verified", why=_reason(error))

        with ThreadPoolExecutor(8) as pool:
            return list(pool.map(find, pins))

    def _image(self, pin: Pin) -> Finding:
        host, _, name = pin.name.partition("/")
        tags = _tags(self.registries.get(host, f"https://{host}"), name)
        if pin.version not in tags:
            return Finding(pin, state="behind", why="there is no such tag any more")
        begin, reason = HELD.get(pin.name, ("", ""))
        if name == "library/python":
            # Another minor version is an answer of its own.
            begin, reason = re.escape(pin.version.partition("-")[0]) + "-", ""
        shape = re.compile(re.sub(r"\d+", r"\\d+", re.escape(pin.version)))
        same = [tag for tag in tags if shape.fullmatch(tag) and re.match(begin, tag)]
        newest = max(same, key=numbers)
        behind = numbers(newest) > numbers(pin.version)
        return Finding(pin, newest, "behind" if behind else "current", reason)

    def _action(self, pin: Pin) -> Finding:
        told = run(
            [tool("git"), "ls-remote", "--tags", f"{self.github}/{pin.name}"],
            env=environment({"GIT_TERMINAL_PROMPT": "0"}),
            seconds=60,
        )
        commits: dict[str, str] = {}
        for line in told.out.splitlines():
            commit, _, name = line.partition("\trefs/tags/")
            # Of an annotated tag, the commit comes last.
            commits[name.removesuffix("^{}")] = commit
        if commits.get(pin.version) != pin.commit:
            return Finding(pin, state="behind", why=f"{pin.version} is another commit")
        released = [name for name in commits if re.fullmatch(r"v\d+\.\d+\.\d+", name)]
        newest = max(released, key=numbers)
        behind = numbers(newest) > numbers(pin.version)
        return Finding(pin, newest, "behind" if behind else "current")


def _newest_package(pin: Pin) -> str:
    """As uv would choose it, with all that it needs, from wherever this machine has packages."""
    wanted = f"{pin.name}{pin.extras}{HELD.get(pin.name, ('',))[0]}"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "wanted.txt")
        file.write_text(wanted, encoding="utf-8")
        options = ("--quiet", "--no-header", "--no-annotate", "--python", tool("python"))
        told = uv("pip", "compile", *options, file)
    found = re.search(rf"^{re.escape(pin.name)}(?:\[[^]]*\])?==(\S+)$", told, re.MULTILINE)
    if found is None:
        raise ValueError(f"uv does not say which {pin.name}")
    return found[1]


def _reason(error: Exception) -> str:
    """The line that says most, since git and urllib say more."""
    lines = str(error).splitlines() or [type(error).__name__]
    return next((line for line in lines if line.startswith("fatal: ")), lines[-1])[:100]


def numbers(version: str) -> tuple[int, ...]:
    return tuple(int(one) for one in re.findall(r"\d+", version))


def _package(pin: Pin, newest: str) -> Finding:
    """What is pinned exactly is compared so; of a floor, the minor version counts."""
    own = numbers(pin.version) if pin.exact else numbers(pin.version)[:2]
    if pin.below and numbers(newest)[: len(numbers(pin.below))] >= numbers(pin.below):
        return Finding(pin, newest, "behind", f"below {pin.below} only")
    behind = numbers(newest)[: len(own)] > own
    reason = HELD[pin.name][1] if pin.name in HELD else ""
    return Finding(pin, newest, "behind" if behind else "current", reason)


def _tags(base: str, name: str) -> set[str]:
    """All tags of a repository; a registry gives them in pages, to whoever has its token."""
    address = f"{base}/v2/{name}/tags/list?n=1000"
    token = ""
    found: set[str] = set()
    for _ in range(_MOST_PAGES):
        try:
            body, following = _get(address, token)
        except urllib.error.HTTPError as error:
            challenge = error.headers.get("WWW-Authenticate", "")
            if error.code != 401 or token or not challenge.startswith("Bearer "):
                raise
            asked = dict(re.findall(r'(\w+)="([^"]*)"', challenge))
            answer, _ = _get(f"{asked.pop('realm')}?{urlencode(asked)}", "")
            told = json.loads(answer)
            token = told.get("token") or told["access_token"]
            body, following = _get(address, token)
        found |= set(json.loads(body)["tags"] or ())
        if not following:
            return found
        address = urljoin(address, following)
    raise ValueError(f"more than {_MOST_PAGES} pages of tags")


def _get(address: str, token: str) -> tuple[bytes, str]:
    """What is there, and where it goes on."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    if not address.startswith(("https://", "http://127.0.0.1:")):
        raise ValueError(f"{address} is not secure")
    request = urllib.request.Request(address, headers=headers)  # noqa: S310
    with urllib.request.urlopen(request, timeout=_SECONDS) as response:  # noqa: S310
        link = re.search(r'<([^>]*)>;\s*rel="next"', response.headers.get("Link", ""))
        return response.read(), link[1] if link else ""
