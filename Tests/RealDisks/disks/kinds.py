"""The disks that are mounted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from disks.mounts import Mounts, require_programs
from disks.sshd import Server
from verification.commands import CheckError, Command, run

# Neither root nor anybody's account.
OTHER_USER = 65534
_MEMORY = "24m"
_FILES = 400
_MEGABYTES = 24


@dataclass(frozen=True)
class Place:
    """A mounted disk.

    `rooms` are the folders in which a file takes room away from it. `backing` is what another
    client sees of the same disk, not through the mount.
    """

    folder: Path
    rooms: Sequence[Path]
    backing: Path | None = None


class Bench:
    """What disks are mounted with. Each gets a folder of its own in memory."""

    def __init__(self, mounts: Mounts, work: Path, server: Callable[[], Server]) -> None:
        self.mounts = mounts
        self.server = server
        self._work = work

    def folder(self, name: str) -> Path:
        folder = self._work / name.replace(" ", "-")
        folder.mkdir(mode=0o755)
        return folder

    def memory(self, folder: Path) -> Path:
        """Little room, for disks that pass on what they are given."""
        return self.mounts.memory(folder / "backing", _MEMORY, _FILES)


@dataclass(frozen=True)
class Disk:
    """A kind of disk. `user` works on it; None is whoever runs the verification."""

    name: str
    programs: Sequence[str]
    mount: Callable[[Bench, Path], Place]
    user: int | None = field(default=None)

    def place(self, bench: Bench) -> Place:
        require_programs(*self.programs)
        folder = bench.folder(self.name)
        place = self.mount(bench, folder)
        if not place.folder.is_mount():
            raise CheckError(f"{place.folder} is not mounted")
        if self.user is not None:
            # Where owners are what the mount says, this changes nothing and may be refused.
            run(["chmod", "0777", place.folder], codes=None)
        return place


def _looped(kind: str, make: Command, megabytes: int) -> Callable[[Bench, Path], Place]:
    def mount(bench: Bench, folder: Path) -> Place:
        image = bench.mounts.image(make, folder / "image", megabytes)
        at = folder / "mount"
        bench.mounts.kernel(["mount", "-t", kind, "-o", "loop", image, at], at)
        return Place(at, [at])

    return mount


def _tmpfs(bench: Bench, folder: Path) -> Place:
    at = bench.mounts.memory(folder / "mount", _MEMORY, _FILES)
    return Place(at, [at])


def _overlay(bench: Bench, folder: Path) -> Place:
    memory = bench.memory(folder)
    for name in ("lower", "upper", "work"):
        (memory / name).mkdir()
    at = folder / "mount"
    layers = f"lowerdir={memory}/lower,upperdir={memory}/upper,workdir={memory}/work"
    bench.mounts.kernel(["mount", "-t", "overlay", "-o", layers, "overlay", at], at)
    return Place(at, [memory])


def _imaged(make: Command, command: Command) -> Callable[[Bench, Path], Place]:
    """A daemon that reads an image: given the image and the folder, it mounts."""

    def mount(bench: Bench, folder: Path) -> Place:
        image = bench.mounts.image(make, folder / "image", _MEGABYTES)
        at = folder / "mount"
        bench.mounts.fuse([*command, image, at], at)
        return Place(at, [at])

    return mount


def _exfat(bench: Bench, folder: Path) -> Place:
    image = bench.mounts.image(["mkfs.exfat"], folder / "image", _MEGABYTES)
    at = folder / "mount"
    with bench.mounts.device(image) as device:
        # It takes nothing but devices.
        bench.mounts.fuse(["mount.exfat-fuse", device, at], at)
    return Place(at, [at])


def _bindfs(*options: str) -> Callable[[Bench, Path], Place]:
    def mount(bench: Bench, folder: Path) -> Place:
        memory = bench.memory(folder)
        at = bench.mounts.fuse(
            ["bindfs", "-f", *options, memory, folder / "mount"], folder / "mount"
        )
        return Place(at, [memory], backing=None if options else memory)

    return mount


def _sshfs(*options: str) -> Callable[[Bench, Path], Place]:
    def mount(bench: Bench, folder: Path) -> Place:
        server = bench.server()
        memory = bench.memory(folder)
        remote = f"{server.host}:{memory}"
        at = folder / "mount"
        command = ["sshfs", "-f", *server.options(), *options, remote, at]
        bench.mounts.fuse(command, at)
        return Place(at, [memory], backing=None if options else memory)

    return mount


def _gocryptfs(bench: Bench, folder: Path) -> Place:
    memory = bench.memory(folder)
    (memory / "cipher").mkdir()
    (folder / "password").write_text("a password\n")
    key = ("-q", "-passfile", folder / "password")
    run(["gocryptfs", "-init", "-scryptn", "10", *key, memory / "cipher"])
    at = folder / "mount"
    bench.mounts.fuse(["gocryptfs", "-fg", *key, memory / "cipher", at], at)
    return Place(at, [memory])


def _encfs(bench: Bench, folder: Path) -> Place:
    memory = bench.memory(folder)
    (memory / "cipher").mkdir()
    at = folder / "mount"
    command: Command = ["encfs", "-f", "--standard", "--stdinpass", memory / "cipher", at]
    bench.mounts.fuse(command, at, text="a password\n")
    return Place(at, [memory])


def _mergerfs(bench: Bench, folder: Path) -> Place:
    branches = [bench.mounts.memory(folder / name, _MEMORY, _FILES) for name in ("one", "two")]
    at = folder / "mount"
    both = ":".join(map(str, branches))
    # By default it gives no room to branches with less than 4 GB.
    bench.mounts.fuse(["mergerfs", "-f", "-o", "minfreespace=0", both, at], at)
    return Place(at, branches)


_EXT4 = ("mkfs.ext4", "-q", "-N", str(_FILES))
_NTFS = ("mkntfs", "--quiet", "--fast", "--force")
_NTFS_3G = ("ntfs-3g", "-o", "no_detach")

DISKS = (
    Disk("ext4", ["mkfs.ext4"], _looped("ext4", _EXT4, _MEGABYTES)),
    Disk("xfs", ["mkfs.xfs"], _looped("xfs", ["mkfs.xfs", "-q"], 320)),
    Disk("btrfs", ["mkfs.btrfs"], _looped("btrfs", ["mkfs.btrfs", "-q", "--mixed"], _MEGABYTES)),
    Disk("tmpfs", [], _tmpfs),
    Disk("overlayfs", [], _overlay),
    Disk("bindfs", ["bindfs"], _bindfs()),
    Disk("bindfs of nobody", ["bindfs"], _bindfs("-u", "nobody", "-p", "a+rwX")),
    Disk("ntfs-3g", _NTFS[:1] + _NTFS_3G[:1], _imaged(_NTFS, _NTFS_3G)),
    Disk(
        "ntfs-3g with permissions", _NTFS_3G[:1], _imaged(_NTFS, (*_NTFS_3G, "-o", "permissions"))
    ),
    Disk("ntfs-3g for another user", _NTFS_3G[:1], _imaged(_NTFS, _NTFS_3G), OTHER_USER),
    Disk("exfat-fuse", ["mkfs.exfat", "mount.exfat-fuse"], _exfat),
    Disk("fuse2fs", ["fuse2fs"], _imaged(_EXT4, ["fuse2fs", "-f"])),
    Disk("sshfs", ["sshfs"], _sshfs()),
    Disk("sshfs without hard links", ["sshfs"], _sshfs("-o", "disable_hardlink")),
    Disk("sshfs for another user", ["sshfs"], _sshfs("-o", "allow_other"), OTHER_USER),
    Disk("gocryptfs", ["gocryptfs"], _gocryptfs),
    Disk("encfs", ["encfs"], _encfs),
    Disk("mergerfs", ["mergerfs"], _mergerfs),
)
