"""The formula for Homebrew: on Linux it installs the archive, on macOS it builds the sources."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from packages.about import MACHINES, NAME, SUMMARY, Machine
from packages.faults import BuildError
from packages.release import FORMULA_NAME, Package, Release, archive_name, source_name

# The first that has Swift 6.2, and the oldest macOS that Package.swift names.
_XCODE = "26.0"
_MACOS = ":sequoia"

_FORMULA = """\
class {name} < Formula
  desc "{summary}"
  homepage "{home}"
  version "{version}"
{licence}
{sources}

  def install
    if OS.mac?
      # What `{command} --version` says of a release.
      ENV["SCAFFOLD_COMMIT"] = "{commit}"
      ENV["SCAFFOLD_DATE"] = "{date}"
      system "swift", "build", "--disable-sandbox", "-c", "release", "--product", "{command}"
      bin.install ".build/release/{command}"
      man1.mkpath
      man5.mkpath
      (man1/"{command}.1").write Utils.safe_popen_read(bin/"{command}", "help", "--man")
      (man5/"{command}-layout.5").write(
        Utils.safe_popen_read(bin/"{command}", "help", "--man", "layout"),
      )
      generate_completions_from_executable(bin/"{command}", "completions")
    else
      bin.install "bin/{command}"
      man1.install "share/man/man1/{command}.1"
      man5.install "share/man/man5/{command}-layout.5"
      bash_completion.install "share/bash-completion/completions/{command}"
      zsh_completion.install "share/zsh/site-functions/_{command}"
      fish_completion.install "share/fish/vendor_completions.d/{command}.fish"
    end
  end

  test do
    assert_match "{command} #{{version}}", shell_output("#{{bin}}/{command} --version")
    system bin/"{command}", "new", "--defaults", "staged-docker", "demo"
    assert_path_exists testpath/"demo/.scaffold.json"
    system bin/"{command}", "check", "demo"
  end
end
"""


def make(release: Release, folder: Path) -> Package:
    """Of the archives of the version that lie in the folder."""
    target = folder / FORMULA_NAME
    text = _FORMULA.format(
        name=NAME.capitalize(),
        command=NAME,
        summary=SUMMARY,
        home=release.home,
        version=release.version,
        licence=_licence(release.licence),
        sources="\n\n".join("\n".join(_indented(block)) for block in _sources(release, folder)),
        commit=release.commit[:9],
        date=release.date,
    )
    target.write_text(text, encoding="utf-8")
    return Package("formula", target)


def _licence(expression: str | None) -> str:
    """Homebrew knows no expressions, but lists of names of which any or all are meant."""
    if expression is None:
        return ""
    for word, kind in ((" OR ", "any_of"), (" AND ", "all_of")):
        if word in expression:
            names = ", ".join(f'"{name}"' for name in expression.split(word))
            return f"  license {kind}: [{names}]\n"
    return f'  license "{expression}"\n'


def _sources(release: Release, folder: Path) -> Iterator[Sequence[str]]:
    """What is downloaded, by the system and the machine."""
    source = folder / source_name(release.version)
    archives = {
        machine: folder / archive_name(release.version, machine)
        for machine in MACHINES
        if (folder / archive_name(release.version, machine)).exists()
    }
    if not source.exists() or not archives:
        raise BuildError(
            f"the formula needs {source.name} and an archive for Linux of that version in {folder}"
        )
    yield _block(
        "on_macos",
        *_download(release, source),
        f'depends_on xcode: ["{_XCODE}", :build]',
        f"depends_on macos: {_MACOS}",
    )
    yield _block("on_linux", *_linux(release, archives))


def _linux(release: Release, archives: Mapping[Machine, Path]) -> Iterator[str]:
    for machine, archive in archives.items():
        download = _download(release, archive)
        if len(archives) > 1:
            yield from _block(f"on_{machine.homebrew}", *download)
        else:
            # On another machine Homebrew says that it is not for that; without anything to
            # download it would fail at reading.
            yield from (*download, f"depends_on arch: :{_architecture(machine)}")


def _architecture(machine: Machine) -> str:
    return "arm64" if machine.homebrew == "arm" else machine.name


def _download(release: Release, file: Path) -> Sequence[str]:
    checksum = hashlib.sha256(file.read_bytes()).hexdigest()
    return f'url "{release.downloads}/{file.name}"', f'sha256 "{checksum}"'


def _block(name: str, *lines: str) -> Sequence[str]:
    return [f"{name} do", *_indented(lines), "end"]


def _indented(lines: Sequence[str]) -> Sequence[str]:
    return [f"  {line}" for line in lines]
