"""The section of the README that has the latest full run."""

import re
import textwrap

from tools import README, Unmeasurable

_BEGIN, _END = "<!-- measured by Tests/Benchmarks/run -->", "<!-- end of what was measured -->"


def write(table: str, about: str) -> None:
    text = README.read_text()
    place = re.compile(f"{re.escape(_BEGIN)}\n.*?{re.escape(_END)}", re.DOTALL)
    if len(place.findall(text)) != 1:
        raise Unmeasurable(f"{README.name} has no place for the table, between {_BEGIN} and {_END}")
    wrapped = textwrap.fill(about, 100, break_long_words=False, break_on_hyphens=False)
    measured = f"{_BEGIN}\n\n{table}\n\n{wrapped}\n\n{_END}"
    README.write_text(place.sub(lambda _: measured, text))
