"""The groups of checks, and what each needs on the machine."""

from uses import (
    archive,
    bill,
    debian,
    formula,
    image,
    installer,
    readme,
    refusals,
    same_bytes,
    sizes,
    unfinished,
    wheel,
)
from uses.bed import Bed
from verification.grouped import Group

# What every group needs.
PROGRAMS = ("env", "tar", "xz")

GROUPS: tuple[Group[Bed], ...] = (
    Group(
        "archive",
        archive.lanes,
        ("bash", "busybox", "chroot", "fish", "man", "mmdebstrap", "unshare", "zsh"),
        as_root=True,
    ),
    Group("bill", bill.lanes),
    Group(
        "debian",
        debian.lanes,
        ("chroot", "fish", "lintian", "mmdebstrap", "unshare", "zsh"),
        as_root=True,
    ),
    Group("formula", formula.lanes, ("bash", "fish", "git", "man", "ruby", "zsh")),
    Group("image", image.lanes, ("newuidmap", "podman", "runc", "setpriv", "unshare")),
    Group("installer", installer.lanes, ("bash", "busybox", "curl", "dash", "fish", "wget", "zsh")),
    Group(
        "readme",
        readme.lanes,
        (
            "bash",
            "curl",
            "fish",
            "man",
            "mmdebstrap",
            "newuidmap",
            "podman",
            "python3",
            "ruby",
            "zsh",
        ),
        as_root=True,
    ),
    Group("sizes", sizes.lanes),
    Group("wheel", wheel.lanes, ("bash", "fish", "man", "python3", "zsh")),
    Group("bytes", same_bytes.lanes, ("buildah", "dpkg-deb", "git", "sha256sum", "swiftc", "7z")),
    Group("unfinished", unfinished.lanes, ("buildah", "git", "swiftc", "7z")),
    Group("refusals", refusals.lanes, ("git", "setpriv", "swiftc")),
)
