"""The container image: what is in it, and projects that it makes in folders that are mounted."""

import json
import os
import tarfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from packages.about import NAME
from uses import podman, projects
from uses.bed import Bed
from uses.podman import Podman
from verification.claims import require, require_equal
from verification.commands import Result
from verification.report import Check, Once

_LABEL = "org.opencontainers.image."
_LAYER = {
    "licences": (tarfile.DIRTYPE, 0o755),
    "licences/NOTICE": (tarfile.REGTYPE, 0o644),
    NAME: (tarfile.REGTYPE, 0o755),
}
# What a cautious caller adds. The program needs none of what they take away.
_STRICT = ("--network=none", "--read-only", "--cap-drop=all", "--security-opt=no-new-privileges")


@dataclass(frozen=True)
class _Owner:
    """Whose a project is to be, and what podman needs to know besides."""

    uid: int
    gid: int
    settings: tuple[str, ...] = ()


def lanes(bed: Bed) -> Sequence[Sequence[Check]]:
    as_root = os.geteuid() == 0
    callers = [_used(bed, "somebody who is not root", podman.as_somebody, _keeping)]
    if as_root:
        callers.append(_used(bed, "root for another", podman.as_caller, _for_another))
    return [
        [
            Check("the program and whose it is, and no other file", lambda: _files(bed)),
            Check("says what it is of", lambda: _labels(bed)),
        ],
        *callers,
    ]


def _used(
    bed: Bed,
    caller: str,
    engine: Callable[[Path], Podman],
    owner: Callable[[Podman], _Owner],
) -> Sequence[Check]:
    loaded = Once("loading the image", partial(_loaded, bed, engine))
    return [
        Check(f"{caller}: is loaded under its name", partial(_name, bed, loaded)),
        Check(f"{caller}: tells its version", partial(_version, bed, loaded)),
        Check(f"{caller}: makes projects for a user", partial(_makes, bed, loaded, owner)),
        Check(f"{caller}: without a user is nobody", partial(_nobody, bed, loaded)),
        Check(f"{caller}: is removed without a trace", partial(_removed, loaded)),
    ]


def _keeping(engine: Podman) -> _Owner:
    """By it users are known by their own numbers; the image's user stays one without it."""
    return _Owner(engine.uid, engine.gid, ("--userns=keep-id",))


def _for_another(_engine: Podman) -> _Owner:
    return _Owner(12345, 23456)


def _loaded(bed: Bed, engine: Callable[[Path], Podman]) -> Podman:
    called = engine(bed.folder("im"))
    called("load", "--quiet", "--input", bed.built.image)
    return called


def _reference(bed: Bed) -> str:
    return f"localhost/{NAME}:{bed.built.version}"


def _name(bed: Bed, loaded: Once[Podman]) -> str:
    names = loaded()("images", "--format", "{{.Repository}}:{{.Tag}}").out.split()
    require_equal("the images", names, [_reference(bed)])
    return names[0]


def _run(
    bed: Bed,
    engine: Podman,
    settings: Sequence[str],
    *arguments: str,
    codes: Sequence[int] | None = (0,),
) -> Result:
    command = ("run", "--rm", *_STRICT, *settings, _reference(bed), *arguments)
    return engine(*command, codes=codes)


def _version(bed: Bed, loaded: Once[Podman]) -> str:
    said = _run(bed, loaded(), (), "--version").out
    require(said.startswith(f"{NAME} {bed.built.version}"), f"`--version` says {said!r}")
    return said.strip()


def _makes(bed: Bed, loaded: Once[Podman], owner: Callable[[Podman], _Owner]) -> str:
    engine = loaded()
    them = owner(engine)
    folder = bed.folder("mounted")
    os.chown(folder, them.uid, them.gid)
    settings = (f"--user={them.uid}:{them.gid}", f"--volume={folder}:/work", *them.settings)
    made = projects.use(partial(_run, bed, engine, settings), folder, bed.expected())
    _require_owner(folder, them)
    return f"{len(made)} files and directories"


def _require_owner(folder: Path, them: _Owner) -> None:
    # What the check itself has put there is root's.
    made = [path.parent for path in folder.glob("*/.scaffold.json")]
    paths = [path for one in made for path in (one, *one.rglob("*"))]
    others = {
        str(path): (path.lstat().st_uid, path.lstat().st_gid)
        for path in paths
        if (path.lstat().st_uid, path.lstat().st_gid) != (them.uid, them.gid)
    }
    require(
        not others, f"not of user {them.uid} and group {them.gid}: {dict(list(others.items())[:5])}"
    )


def _nobody(bed: Bed, loaded: Once[Podman]) -> str:
    """Who may write nowhere, and is told so."""
    ended = _run(bed, loaded(), (), "new", "--defaults", "tiered", "shop", codes=(4,))
    told = [line for line in ended.err.splitlines() if line.startswith("error: cannot create")]
    require(len(told) == 1, f"it says: {ended.text}")
    return told[0]


def _removed(loaded: Once[Podman]) -> str:
    engine = loaded()
    require_equal("containers that are left", engine("ps", "--all", "--quiet").out, "")
    engine("rmi", "--all")
    require_equal("images that are left", engine("images", "--all", "--quiet").out, "")
    left = sorted(path.name for path in (engine.state / "images/vfs/dir").iterdir())
    require(not left, f"layers are left: {left}")
    return ""


def _opened(bed: Bed) -> tuple[tarfile.TarFile, Mapping[str, Any], Mapping[str, Any]]:
    """The archive, its manifest, and the image's settings."""
    archive = tarfile.open(bed.built.image)
    index = json.loads(_content(archive, "index.json"))
    require_equal("how many images there are", len(index["manifests"]), 1)
    manifest = json.loads(_blob(archive, index["manifests"][0]))
    return archive, manifest, json.loads(_blob(archive, manifest["config"]))


def _content(archive: tarfile.TarFile, name: str) -> bytes:
    file = archive.extractfile(name)
    assert file is not None  # noqa: S101
    return file.read()


def _blob(archive: tarfile.TarFile, described: Mapping[str, Any]) -> bytes:
    return _content(archive, "blobs/" + str(described["digest"]).replace(":", "/"))


def _files(bed: Bed) -> str:
    archive, manifest, _ = _opened(bed)
    require_equal("how many layers there are", len(manifest["layers"]), 1)
    folder = bed.folder("layer")
    packed = folder / "layer.tar.gz"
    packed.write_bytes(_blob(archive, manifest["layers"][0]))
    with tarfile.open(packed) as layer:
        seen = {entry.name: (entry.type, entry.mode & 0o7777) for entry in layer}
        require_equal("what is in the image", seen, _LAYER)
        owners = {(entry.uid, entry.gid) for entry in layer}
        require_equal("whose it is", owners, {(0, 0)})
        program = _content(layer, NAME)
    require(program == bed.program().read_bytes(), "the program is not that of the archive")
    return f"{len(program):,} bytes"


def _labels(bed: Bed) -> str:
    _, manifest, image = _opened(bed)
    settings = image["config"]
    require_equal("the user", settings["User"], "65534:65534")
    require_equal("the entry point", settings["Entrypoint"], [f"/{NAME}"])
    require_equal("the working directory", settings["WorkingDir"], "/work")
    require_equal("the arguments", settings.get("Cmd"), None)
    require_equal("the kind of machine", image["architecture"], bed.built.machine.debian)
    labels = settings["Labels"]
    require_equal("the version", labels[f"{_LABEL}version"], bed.built.version)
    require_equal("the title", labels[f"{_LABEL}title"], NAME)
    require_equal("when it was made", labels[f"{_LABEL}created"], image["created"])
    require_equal("the commit's digits", len(labels[f"{_LABEL}revision"]), 40)
    for name in ("description", "source", "url"):
        require(bool(labels[f"{_LABEL}{name}"]), f"there is no label {name}")
    datetime.fromisoformat(image["created"])
    others = [name for name in labels if not name.startswith(_LABEL)]
    require(not others, f"other labels: {others}")
    annotations = {name: manifest["annotations"].get(name) for name in labels}
    require_equal("the annotations", annotations, labels)
    return f"{len(labels)} labels"
