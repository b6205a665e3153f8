"""What a reader of Markdown shows."""

import html
import re

from verification.commands import run
from verification.tools import tool

_RENDER = """
import sys
from markdown_it import MarkdownIt
print(MarkdownIt().render(sys.stdin.read()))
"""


def shown(text: str) -> str:
    """As plain text, without what it stands in."""
    page = run([tool("python"), "-c", _RENDER], text=text).out
    return html.unescape(re.sub(r"<[^>]+>", "", page)).strip()
