"""The README's way by Homebrew, for which `brew` is a stand-in, as for the formula itself."""

from pathlib import Path

from uses import formula
from uses.tools import tool
from uses.ways import OfHome

_TAP = "Library/Taps/local/homebrew-scaffold"
_BREW = """\
#!/bin/sh
set -eu
prefix='{prefix}'
tap=$prefix/{tap}
poured() {{
    '{ruby}' '{stand_in}' "$1" "$tap/Formula/scaffold.rb" "$prefix/Cellar" linux '{machine}' \\
        '{published}' '{here}'
}}
case $* in
'tap-new --no-git local/scaffold') mkdir -p "$tap/Formula" ;;
'--repository local/scaffold') echo "$tap" ;;
'install local/scaffold/scaffold') poured install ;;
'uninstall scaffold') poured uninstall ;;
'untap local/scaffold') rm -r "$tap" ;;
*)
    echo "Error: Unknown command: brew $*" >&2
    exit 1
    ;;
esac
"""


class Homebrew(OfHome):
    marker = "brew install"
    row = "Homebrew"
    keeps_folders = True

    def prepare(self) -> None:
        prefix = self.home.path / "linuxbrew"
        poured = prefix / "Cellar"
        poured.mkdir(parents=True)
        brew = formula.Brew(self.bed, poured)
        published = str(brew.read(self.bed.built.formula)["url"]).rpartition("/")[0]
        self._write(prefix / "bin/brew", prefix, published)
        # As `brew shellenv` says it, and Homebrew's own bash-completion.
        self.env = {
            "PATH": f"{prefix}/bin:{poured}/bin:{self.home.env()['PATH']}",
            "BASH_COMPLETION_COMPAT_DIR": f"{poured}/etc/bash_completion.d",
            "XDG_DATA_DIRS": f"{poured}/share:/usr/local/share:/usr/share",
        }
        self.fpath = f"{poured}/share/zsh/site-functions"

    def _write(self, path: Path, prefix: Path, published: str) -> None:
        path.parent.mkdir(parents=True)
        machine = self.bed.built.machine
        text = _BREW.format(
            prefix=prefix,
            tap=_TAP,
            ruby=tool("ruby"),
            stand_in=Path(formula.__file__).with_name("homebrew.rb"),
            machine="arm64" if machine.homebrew == "arm" else machine.name,
            published=published,
            here=self.web.base(),
        )
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)
