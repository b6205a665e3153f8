"""scripts/backup_config.py: archives that come back, and broken ones that change nothing."""

import io
import re
import shutil
import tarfile
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from layouts.orchestrator_config.programs import Run, run_all
from layouts.orchestrator_config.project import SECRET, Copies, Copy, checks_of, tree
from verification.claims import require, require_equal
from verification.commands import Result
from verification.report import Check, Once

_SCRIPT = "scripts/backup_config.py"
_PROBE = Path(__file__).with_name("rename_probe.py")


@dataclass(frozen=True)
class Backups:
    """One project's archives."""

    copies: Copies

    def checks(self, title: str) -> list[Check]:
        copy = Once("a copy to be archived", lambda: self.copies.make("archived"))
        found: dict[str, Callable[[Copy], str]] = {
            "backup: its own archive each time, nothing but the configuration": _archives,
            "backup --keep removes the oldest archives and nothing else": _keep,
            "backup --restore brings everything back": _round_trip,
            "backup --restore stages, then swaps": _swap,
            "backup --restore of what is broken changes nothing": _broken,
        }
        return checks_of(found, copy, title)


def _back_up(copy: Copy, *options: str) -> Path:
    before = set(_all(copy))
    told = copy.run(_SCRIPT, *options).out
    made = set(_all(copy)) - before
    require(len(made) == 1, f"it made {len(made)} archives\n{told}")
    [archive] = made
    require(str(archive) in told or archive.name in told, f"it does not say {archive}\n{told}")
    return archive


def _all(copy: Copy) -> list[Path]:
    return sorted((copy.folder / "data").rglob("*.tar.gz"))


def _archives(copy: Copy) -> str:
    """Also of several runs at once; a name has the time."""
    archive = _back_up(copy)
    require(re.search(r"20\d{6}.?\d{6}", archive.name) is not None, f"{archive.name} has no time")
    with tarfile.open(archive) as tar:
        names = {one.name: one for one in tar.getmembers() if one.isfile()}
        content = b"".join(file.read() for one in names.values() if (file := tar.extractfile(one)))
    expected = {f"config/{name}" for name in tree(copy.config)}
    require_equal("in the archive", set(names), expected)
    require(SECRET.encode() not in content, "a secret is in the archive")
    before = {path: path.read_bytes() for path in _all(copy)}
    with ThreadPoolExecutor(4) as pool:
        ended = list(pool.map(lambda _: copy.run(_SCRIPT, codes=(0, 1)), range(6)))
    made = len(_all(copy)) - len(before)
    require_equal("archives made at once", made, sum(one.code == 0 for one in ended))
    require(made > 0, "none was made")
    for path, bytes_before in before.items():
        require_equal(f"{path.name}, afterwards", path.read_bytes(), bytes_before)
    left = [path.name for path in archive.parent.iterdir() if path.suffixes[-2:] != [".tar", ".gz"]]
    require_equal("left behind", left, [])
    return archive.name


def _keep(copy: Copy) -> str:
    for _ in range(3):
        newest = _back_up(copy)
    folder = newest.parent
    others = [folder / "notes.txt", folder / "config-mine.tar.gz"]
    for path in others:
        path.write_text("mine", encoding="utf-8")
    archives = [path for path in _all(copy) if path not in others]
    copy.run(_SCRIPT, "--keep", "2")
    left = [path for path in _all(copy) if path not in others]
    require_equal("archives left", len(left), 2)
    require_equal("the older one of them", left[0], archives[-1])
    require(all(path.exists() for path in others), "it removes what it has not made")
    wrong = [Run(arguments=[f"--keep={value}"], program=_SCRIPT) for value in ("0", "-1", "x")]
    for ended in run_all(copy, wrong):
        require(ended.code == 2 and "--keep" in ended.err, f"a wrong number is taken: {ended.text}")
    require_equal("archives left by wrong calls", len(_all(copy)), 2 + 1)
    others[0].unlink()
    others[1].unlink()
    return f"{len(archives) + 1} archives, 2 left"


def _round_trip(copy: Copy) -> str:
    """What was changed, added and removed; and what was there before comes back as well."""
    original = tree(copy.config)
    archive = _back_up(copy)
    _spoil(copy)
    spoilt = tree(copy.config)
    require(spoilt != original, "nothing was changed")
    before = set(_all(copy))
    told = copy.run(_SCRIPT, "--restore", archive).out
    require_equal("restored", tree(copy.config), original)
    [saved] = set(_all(copy)) - before
    require(saved.name in told, f"it does not say where the former is\n{told}")
    with tarfile.open(saved) as tar:
        names = {one.name.removeprefix("config/") for one in tar if one.isfile()}
    require_equal("saved", names, set(spoilt))
    shutil.rmtree(copy.config)
    copy.run(_SCRIPT, "--restore", archive)
    require_equal("restored where nothing was", tree(copy.config), original)
    _require_clean(copy)
    return f"{len(original)} files"


def _spoil(copy: Copy) -> None:
    """Not in a way that the script would refuse to archive."""
    domain = f"{copy.project.base}/domains/{copy.project.simple[0]}.yaml"
    copy.edit(domain, "domain_id:", "# changed\ndomain_id:")
    (copy.folder / copy.project.base / "notes.yaml").write_text("a: 1\n", encoding="utf-8")
    (copy.folder / copy.project.base / "integrations/ml_config.yaml").unlink()


def _require_clean(copy: Copy) -> None:
    """Nothing of staging is left."""
    left = [
        path.name
        for path in copy.folder.iterdir()
        if path.name.startswith((".config", ".partial", ".staging", "config.", "config-"))
    ]
    require_equal("left behind", left, [])


def _probed(copy: Copy, archive: Path, settings: Mapping[str, str]) -> tuple[Result, list[str]]:
    site = copy.scratch / f"{copy.folder.name}-probe"
    site.mkdir(exist_ok=True)
    shutil.copy(_PROBE, site / "sitecustomize.py")
    noted = site / "noted"
    noted.unlink(missing_ok=True)
    probe = {"PROBE_FOLDER": str(copy.config), "PROBE_RESULT": str(noted)}
    env = {"PYTHONPATH": str(site)} | probe | dict(settings)
    result = copy.run(_SCRIPT, "--restore", archive, settings=env, codes=None)
    lines = noted.read_text(encoding="utf-8").splitlines() if noted.exists() else []
    return result, lines


def _swap(copy: Copy) -> str:
    """Nothing is written where the configuration is: it is moved away, and another there."""
    original = tree(copy.config)
    archive = _back_up(copy)
    copy.edit(f"{copy.project.base}/config.yaml", "retries: 2", "retries: 3")
    changed = tree(copy.config)
    result, noted = _probed(copy, archive, {})
    require(result.code == 0, result.text)
    require_equal("restored", tree(copy.config), original)
    moves = [line.split() for line in noted if line.startswith("move ")]
    require_equal("done to the configuration", len(noted), len(moves))
    require(len(moves) in (1, 2), f"moves: {moves}")
    require_equal("the last move is to", moves[-1][2], str(copy.config))
    for number in range(1, len(moves) + 1):
        copy.edit(f"{copy.project.base}/config.yaml", "retries: 2", "retries: 3")
        result, _ = _probed(copy, archive, {"PROBE_FAIL_AT": str(number)})
        require(result.code not in (0, 2), f"a failing move is ignored\n{result.text}")
        require("Traceback" not in result.err, f"a person gets a traceback\n{result.err}")
        require_equal(f"when move {number} fails", tree(copy.config), changed)
        _require_clean(copy)
        _probed(copy, archive, {"PROBE_FAIL_AT": str(number), "PROBE_KILLS": "1"})
        # Killed in between: the same command again makes it whole.
        copy.run(_SCRIPT, "--restore", archive)
        require_equal(f"after a kill at move {number}", tree(copy.config), original)
        for path in copy.folder.glob(".config-*"):
            shutil.rmtree(path)
    return f"{len(moves)} moves"


def _broken(copy: Copy) -> str:
    """Damaged, empty, of something else, leading out of its place, with a faulty configuration."""
    good = _back_up(copy)
    folder = copy.scratch / f"{copy.folder.name}-broken"
    folder.mkdir()
    content = good.read_bytes()
    cases = {
        "absent": None,
        "empty": b"",
        "garbage": b"not an archive" * 100,
        "truncated": content[: len(content) // 2],
        "damaged": content[:-200] + bytes(200),
        "flipped": content[:300] + bytes([content[300] ^ 255]) + content[301:],
        "nothing in it": _tar({}),
        "something else": _tar({"other/config.yaml": b"a: 1\n"}),
        "no directory": _tar({"config": b"a: 1\n"}),
        "leading up": _tar({"config/x.yaml": b"a: 1\n", "../escaped.yaml": b"a: 1\n"}),
        "absolute": _tar({"config/x.yaml": b"a: 1\n", f"{folder}/escaped.yaml": b"a: 1\n"}),
        "a link": _tar({"config/x.yaml": b"a: 1\n"}, link="config/link"),
        "an empty configuration": _tar({"config/.keep": b""}),
        "not all of it": _tar({"config/config.yaml": b"app:\n  name: x\n"}),
        "a fault": _without_a_file(good),
    }
    before, config = _state(copy), tree(copy.config)
    for name, made in cases.items():
        if made is not None:
            (folder / f"{name}.tar.gz").write_bytes(made)
    runs = [
        Run(arguments=["--restore", str(folder / f"{name}.tar.gz")], program=_SCRIPT)
        for name in cases
    ]
    for name, result in zip(cases, run_all(copy, runs), strict=True):
        require(result.code in (1, 2), f"{name}: it ended with {result.code}\n{result.text}")
        require("Traceback" not in result.err, f"{name}: a person gets a traceback\n{result.err}")
        require("error:" in result.err, f"{name}: it does not say what is wrong\n{result.text}")
    require_equal("the configuration", tree(copy.config), config)
    require_equal("other files", _state(copy), before)
    for path in (folder / "escaped.yaml", copy.folder.parent / "escaped.yaml"):
        require(not path.exists(), f"{path} is written")
    return f"{len(cases)} archives"


def _state(copy: Copy) -> set[str]:
    return {
        path.relative_to(copy.folder).as_posix()
        for path in copy.folder.rglob("*")
        if "__pycache__" not in path.parts
    }


def _tar(files: Mapping[str, bytes], link: str = "") -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as tar:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
        if link:
            entry = tarfile.TarInfo(link)
            entry.type, entry.linkname = tarfile.SYMTYPE, "/etc"
            tar.addfile(entry)
    return made.getvalue()


def _without_a_file(archive: Path) -> bytes:
    """A configuration in which some reference leads nowhere."""
    with tarfile.open(archive) as tar:
        files = {
            one.name: file.read()
            for one in tar
            if (file := tar.extractfile(one)) and not one.name.endswith("/database.yaml")
        }
    return _tar(files)
