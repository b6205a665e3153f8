"""Trees of files: reading one, comparing two, and a C program that writes one."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Entry:
    path: str
    mode: int
    # None for a directory.
    content: "bytes | None"


def read(root: Path) -> "list[Entry]":
    """Everything below `root`, directories before what they hold."""
    entries = []
    for path in sorted(root.rglob("*")):
        content = None if path.is_dir() else path.read_bytes()
        mode = path.stat().st_mode & 0o777
        entries.append(Entry(path.relative_to(root).as_posix(), mode, content))
    return entries


def difference(expected: Path, found: Path) -> str:
    """The first path in which two trees differ, modes apart; empty when they are equal."""
    left = {entry.path: entry.content for entry in read(expected)}
    right = {entry.path: entry.content for entry in read(found)}
    for path in sorted(left.keys() | right.keys()):
        if path not in left or path not in right or left[path] != right[path]:
            return path
    return ""


def c_program(entries: "list[Entry]") -> str:
    """A C program that writes the tree to the directory named by its argument, with the fewest
    system calls: one for each directory, three for each file, two for the root."""
    steps = []
    for entry in entries:
        path = _c_string(entry.path.encode())
        if entry.content is None:
            steps.append(f"  if (mkdir({path}, 0777)) return 1;")
            continue
        mode = "0777" if entry.mode & 0o100 else "0666"
        if not entry.mode & 0o044:
            mode = mode[:2] + "00"
        content = _c_string(entry.content)
        steps.append(f"  if (put({path}, {mode}, {content}, {len(entry.content)})) return 1;")
    return _HEAD + "\n".join(steps) + "\n  return 0;\n}\n"


_HEAD = """\
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static int put(const char *path, mode_t mode, const char *content, ssize_t count) {
  int file = open(path, O_WRONLY | O_CREAT | O_EXCL, mode);
  if (file == -1) return 1;
  if (count && write(file, content, count) != count) return 1;
  return close(file);
}

int main(int count, char **arguments) {
  if (count != 2 || mkdir(arguments[1], 0777) || chdir(arguments[1])) return 1;
"""


def _c_string(data: bytes) -> str:
    def literal(byte: int) -> str:
        plain = 0x20 <= byte < 0x7F and byte not in b'"\\?'
        return chr(byte) if plain else f"\\{byte:03o}"

    return '"' + "".join(map(literal, data)) + '"'
