"""How large the layouts are that show how time and memory grow."""

from dataclasses import dataclass

# From here down, layouts are within the limits of a run without `--large`.
_WITHIN_LIMITS = 50


@dataclass(frozen=True)
class Scale:
    """All sizes, divided by a number: 1 is what the targets are for."""

    divisor: int

    @property
    def files(self) -> int:
        return 100_000 // self.divisor

    @property
    def items(self) -> int:
        """Of a layer with a list, which has a hundred templates."""
        return max(1, 100 // self.divisor)

    @property
    def projects(self) -> int:
        """That are looked at in one run."""
        return max(1, 1000 // self.divisor)

    @property
    def template(self) -> int:
        return 200_000_000 // self.divisor

    @property
    def binaries(self) -> "tuple[int, int]":
        """Their number, and the size of each."""
        return 8, 256_000_000 // self.divisor

    @property
    def options(self) -> "list[str]":
        return [] if self.divisor >= _WITHIN_LIMITS else ["--large"]
