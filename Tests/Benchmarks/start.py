"""What every call pays: the program's start, its memory and its size."""

from programs import Programs
from table import Row, ratio

_MOST_MEMORY = 20


def rows(programs: Programs, runs: int) -> "list[Row]":
    program = str(programs.scaffold)
    times = programs.launcher.measure(
        {
            "hello": [str(programs.hello)],
            "version": [program, "--version"],
            "list": [program, "list"],
        }, runs=runs, warmup=5)
    static = "time against a static C hello"
    return [
        ratio("`list`", static, times["list"], times["hello"], at_most=1.8),
        ratio("`--version`", static, times["version"], times["hello"]),
        Row("`list`", "peak memory", times["list"].peak / 1e6, "MB", at_most=_MOST_MEMORY),
        Row("binary as installed", "size", programs.scaffold.stat().st_size / 1e6, "MB", at_most=9),
    ]
