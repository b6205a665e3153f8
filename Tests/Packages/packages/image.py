"""The container image: the binary and nothing else, as an OCI archive.

buildah makes it in a storage of its own, so that nothing of the machine's images is met, and as
whoever calls it: root, or anybody who may have a namespace of users.
"""

import json
import tarfile
import tempfile
from pathlib import Path

from packages.about import DESCRIPTION, NAME
from packages.programs import environment, output
from packages.release import Item, Package, Payload, Release, image_name

TOOLS = ("buildah",)

# Nobody: what is made has this owner, unless the caller says another by `--user`.
_USER = "65534:65534"
# What a project is made in; mounted by the caller.
_WORK = "/work"

# As it does not share files with others, it needs neither a kernel's help nor a program's.
_STORAGE = """\
[storage]
driver = "vfs"
graphroot = "{state}/images"
runroot = "{state}/run"
[storage.options]
ignore_chown_errors = "true"
"""
_REGISTRIES = "unqualified-search-registries = []\n"
# A machine's own would be asked else, and need not be there.
_POLICY = {"default": [{"type": "insecureAcceptAnything"}]}
# What would steer buildah from outside.
_STEERING = (
    "BUILDAH_",
    "CONTAINER",
    "REGISTRY_",
    "STORAGE_",
    "XDG_",
    "SOURCE_DATE_EPOCH",
    "TMPDIR",
)


def make(release: Release, payload: Payload, folder: Path) -> Package:
    target = folder / image_name(release.version, release.machine)
    with tempfile.TemporaryDirectory(prefix="image-") as name:
        state = Path(name)
        layout = state / "layout"
        _export(release, _written(payload, state / "root"), layout, _Buildah(state))
        _name(layout, release)
        _pack(layout, target, release.time)
    return Package("image", target)


class _Buildah:
    """Calls buildah with settings that lie in one folder, as all that it writes does."""

    def __init__(self, state: Path) -> None:
        files = {
            "storage.conf": _STORAGE.format(state=state),
            "registries.conf": _REGISTRIES,
            "policy.json": json.dumps(_POLICY),
            "containers.conf": "",
        }
        for name, content in files.items():
            (state / name).write_text(content, encoding="utf-8")
        for name in ("home", "temporary"):
            (state / name).mkdir()
        self._policy = state / "policy.json"
        kept = environment().items()
        self._environment = {
            name: value for name, value in kept if not name.startswith(_STEERING)
        } | {
            "CONTAINERS_STORAGE_CONF": str(state / "storage.conf"),
            "CONTAINERS_REGISTRIES_CONF": str(state / "registries.conf"),
            "CONTAINERS_CONF": str(state / "containers.conf"),
            "BUILDAH_ISOLATION": "chroot",
            "HOME": str(state / "home"),
            "XDG_RUNTIME_DIR": str(state / "temporary"),
            "TMPDIR": str(state / "temporary"),
        }

    def __call__(self, command: str, *arguments: str | Path) -> str:
        return output(["buildah", command, *arguments], env=self._environment).decode().strip()

    def commit(self, container: str, layout: Path, time: int) -> None:
        """Neither its own version nor the time of day is written into the image."""
        self(
            "commit",
            "--quiet",
            "--rm",
            "--format=oci",
            f"--timestamp={time}",
            "--identity-label=false",
            "--omit-history",
            "--disable-compression=false",
            f"--signature-policy={self._policy}",
            container,
            f"oci:{layout}",
        )


def _written(payload: Payload, root: Path) -> Path:
    """The files of the image: beside the program what says whose it is."""
    items = [
        Item(NAME, payload.program.content, executable=True),
        Item("licences/NOTICE", payload.notice),
    ]
    if payload.licence:
        items.append(Item("licences/LICENSE", payload.licence))
    for item in items:
        path = root / item.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(item.content)
        path.chmod(0o755 if item.executable else 0o644)
    for path in (root, root / "licences"):
        path.chmod(0o755)
    return root


def _labels(release: Release) -> dict[str, str]:
    labels = {
        "created": release.instant,
        "description": " ".join(DESCRIPTION.split()),
        "revision": release.commit,
        "source": release.home,
        "title": NAME,
        "url": release.home,
        "version": release.version,
    }
    if release.licence is not None:
        labels["licenses"] = release.licence
    return {f"org.opencontainers.image.{name}": value for name, value in labels.items()}


def _export(release: Release, root: Path, layout: Path, buildah: _Buildah) -> None:
    """Makes the image of the files in `root`, as a folder `layout`."""
    platform = ("--os", "linux", "--arch", release.machine.debian)
    container = buildah("from", "--pull-never", *platform, "scratch")
    buildah("copy", "--quiet", "--chown", "0:0", container, root, "/")
    labels = _labels(release)
    buildah(
        "config",
        *platform,
        *("--user", _USER),
        *("--workingdir", _WORK),
        *("--entrypoint", json.dumps([f"/{NAME}"])),
        *("--cmd", ""),
        *(f"--label={name}={value}" for name, value in labels.items()),
        # Registries show these, and the labels only of images for one kind of machine.
        *(f"--annotation={name}={value}" for name, value in labels.items()),
        container,
    )
    buildah.commit(container, layout, release.time)


def _name(layout: Path, release: Release) -> None:
    """What `podman load` calls the image."""
    path = layout / "index.json"
    index = json.loads(path.read_bytes())
    manifest = index["manifests"][0]
    manifest["annotations"] = {"org.opencontainers.image.ref.name": f"{NAME}:{release.version}"}
    manifest["platform"] = {"architecture": release.machine.debian, "os": "linux"}
    index["mediaType"] = "application/vnd.oci.image.index.v1+json"
    path.write_text(json.dumps(index, sort_keys=True, indent=2) + "\n", encoding="utf-8")


def _pack(layout: Path, target: Path, time: int) -> None:
    with tarfile.open(target, "w", format=tarfile.USTAR_FORMAT) as archive:
        for path in sorted(layout.rglob("*")):
            entry = tarfile.TarInfo(str(path.relative_to(layout)))
            entry.mtime = time
            entry.uname = entry.gname = "root"
            entry.mode = 0o755 if path.is_dir() else 0o644
            if path.is_dir():
                entry.type = tarfile.DIRTYPE
                archive.addfile(entry)
                continue
            entry.size = path.stat().st_size
            with path.open("rb") as content:
                archive.addfile(entry, content)
