"""Large layouts, to see how time grows with a layout."""

from pathlib import Path

_FILE = """\
# Module {number} of <<PROJECT_NAME>>
class <<PROJECT_NAME|pascal>>{number}:
    def __init__(self, value: int = {number}) -> None:
        self.value = value
<<@if DETAILED>>

    def describe(self) -> str:
        return f"<<PROJECT_NAME>> {number}: {{self.value}}"
<<@end>>
""" + "    # text without placeholders, as most of a template is\n" * 20


def write(folder: Path, files: int, files_per_directory: int = 15) -> Path:
    """A layout of `files` files, each about 1.5 kB with four tags, in directories two deep."""
    layer = folder / "base"
    layer.mkdir(parents=True)
    (folder / "layout.json").write_text(
        '{"name": "large", "summary": "Large", "version": "1.0.0",\n'
        ' "variables": [{"name": "PROJECT_NAME", "kind": "name", "default": "<<DIRECTORY|kebab>>"},'
        ' {"name": "DETAILED", "kind": "flag", "default": true}],\n'
        ' "layers": [{"folder": "base"}]}\n'
    )
    for number in range(files):
        leaf = number // files_per_directory
        directory = layer / f"part{leaf // 10}" / f"<<PROJECT_NAME|snake>>_{leaf}"
        directory.mkdir(parents=True, exist_ok=True)
        (directory / f"module_{number}.py").write_text(_FILE.format(number=number))
    return folder
