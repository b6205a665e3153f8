"""Shows what was made, and how large it is."""

from collections.abc import Sequence

from packages.release import Package


def table(packages: Sequence[Package]) -> str:
    """As Markdown has it, which releases and terminals show alike."""
    rows = [("package", "file", "bytes", "")]
    for package in packages:
        size = package.path.stat().st_size
        rows.append((package.kind, package.path.name, str(size), _rounded(size)))
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    rows.insert(1, ("-" * widths[0], "-" * widths[1], f"{'-' * (widths[2] - 1)}:", "-" * widths[3]))
    return "\n".join(
        f"| {kind:{widths[0]}} | {name:{widths[1]}} | {size:>{widths[2]}} | {short:>{widths[3]}} |"
        for kind, name, size, short in rows
    )


def _rounded(size: int) -> str:
    for unit, scale in (("MB", 10**6), ("kB", 10**3)):
        if size >= scale:
            return f"{size / scale:.1f} {unit}"
    return f"{size} B"
