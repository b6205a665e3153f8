"""`install.sh`, interrupted or failing at each of its steps: all is as before, or complete."""

import os
import signal
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from packages.release import INSTALLER_NAME
from uses.bed import Bed
from uses.install_script import DASH, SHELLS, Caller, Shell, caller, small, with_env
from uses.tools import tool
from uses.tree import Tree, require_same
from uses.web import STALLED, web
from verification.claims import require, require_equal
from verification.commands import CheckError, Result, forget, kill_group
from verification.report import Check

# In place of every program: the one whose turn it is gets what a Ctrl-C at a terminal sends to all
# that run there, or ends as on a full disk.
_TURN = """\
#!/bin/sh
printf x >>'{tally}'
if [ "$({wc} -c <'{tally}')" = "$TURN" ]; then
    {does}
fi
exec {program} "$@"
"""
_INTERRUPT = "kill -s INT 0"
# Not 1, by which `grep` says that it has found nothing.
_FAIL = "echo 'No space left on device' >&2; exit 2"
# What cleans up cannot clean up after itself.
_CLEANING = ("rm", "rmdir")
_OLD = ("share/man/man1/old.1", "share/old/deep/file")
_NEW = ("share/man/man7/new.7", "share/new/deep/file")
_KINDS = {"at first": False, "replacing": True}


def lanes(bed: Bed) -> Sequence[Sequence[Check]]:
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    return [
        [
            Check(
                f"{shell.name}: {number.name} while it downloads",
                partial(_while_downloading, bed, shell, number),
            )
            for shell in SHELLS
            for number in signals
        ],
        *(
            [
                Check(
                    f"{shell.name}: a Ctrl-C at a step, {kind}",
                    partial(_interrupted, bed, shell, is_update),
                )
                for kind, is_update in _KINDS.items()
            ]
            # busybox looks for no program that it is itself.
            for shell in SHELLS
            if shell.applets is None
        ),
        [
            Check(f"a step fails, {kind}", partial(_failing, bed, is_update))
            for kind, is_update in _KINDS.items()
        ],
    ]


def _while_downloading(bed: Bed, shell: Shell, number: signal.Signals) -> str:
    """A Ctrl-C reaches all that run there; other signals come to the script alone."""
    one = caller(bed, shell)
    before = one.state()
    with web(bed.built.folder) as served:
        process = one.start(bed.built.installer, downloads=served.base(STALLED))
        try:
            served.wait_for_half()
            send = os.killpg if number is signal.SIGINT else os.kill
            send(process.pid, number)
            process.communicate(timeout=60)
            require_equal("how it ended", process.returncode, -number)
            _require_ended(process)
        except subprocess.TimeoutExpired:
            raise CheckError("it goes on") from None
        finally:
            kill_group(process)
            process.wait()
            forget(process)
    one.require_as_before(before)
    return ""


def _require_ended(process: subprocess.Popen[str]) -> None:
    try:
        os.killpg(process.pid, 0)
    except ProcessLookupError:
        return
    raise CheckError("what downloads goes on")


@dataclass(frozen=True)
class _Scene:
    """One home, in which a release is installed again and again."""

    plain: Caller
    # The same, with stand-ins for its programs.
    spoiled: Caller
    tally: Path
    old: Path | None
    new: Path
    downloads: str

    def install(self, one: Caller, folder: Path, codes: Sequence[int] | None = (0,)) -> Result:
        return one.run(folder / INSTALLER_NAME, downloads=self.downloads, codes=codes)

    def remove(self) -> None:
        self.plain.run(self.new / INSTALLER_NAME, "--remove", downloads=self.downloads, codes=None)

    def restore(self) -> Tree:
        """What was before, which a step is to come to or to leave."""
        self.remove()
        if self.old is not None:
            self.install(self.plain, self.old)
        return self.plain.state()

    def take(self, turn: int) -> tuple[Result, int]:
        """With something happening at a turn; and how many turns there were."""
        self.tally.unlink(missing_ok=True)
        ended = self.install(with_env(self.spoiled, TURN=str(turn)), self.new, codes=None)
        return ended, self.tally.stat().st_size


@contextmanager
def _scene(
    bed: Bed, shell: Shell, does: str, but: Sequence[str], is_update: bool
) -> Iterator[_Scene]:
    """- but: programs to which nothing happens"""
    old = small(bed, "0.0.9", *_OLD) if is_update else None
    new = small(bed, "9.9.9", *_NEW)
    published = bed.folder("published")
    for folder in (old, new):
        for file in folder.iterdir() if folder is not None else ():
            if file.name != INSTALLER_NAME:
                (published / file.name).symlink_to(file)
    plain, spoiled = caller(bed, shell), caller(bed, shell)
    tally = bed.folder("tally") / "tally"
    for program in spoiled.programs.iterdir():
        if program.name not in but:
            _stand_in(program, tally, does)
    spoiled = replace(spoiled, home=plain.home, temporary=plain.temporary)
    before = plain.state()
    with web(published) as served:
        scene = _Scene(plain, spoiled, tally, old, new, served.base())
        yield scene
        scene.remove()
    plain.require_as_before(before)


def _stand_in(program: Path, tally: Path, does: str) -> None:
    target = program.readlink()
    text = _TURN.format(tally=tally, wc=tool("wc"), does=does, program=target)
    program.unlink()
    program.write_text(text, encoding="utf-8")
    program.chmod(0o755)


def _sweep(
    bed: Bed,
    scene: _Scene,
    judge: Callable[[_Scene, Result, Tree, Tree], None],
    shift: str,
) -> str:
    """Each turn once, or some of them: what is there afterwards is judged."""
    before = scene.restore()
    _, turns = scene.take(0)
    complete = scene.plain.state()
    require(complete != before, "nothing is installed")
    chosen = bed.rotation.part(range(1, turns + 1), of=8, shift=shift)
    for turn in chosen:
        require_same("what was before", scene.restore(), before)
        ended, _ = scene.take(turn)
        try:
            judge(scene, ended, before, complete)
            scene.plain.require_nothing_temporary()
        except CheckError as error:
            raise CheckError(f"at step {turn} of {turns}: {error}\n{ended.text}") from None
    return f"{len(chosen)} of {turns} steps"


def _interrupted(bed: Bed, shell: Shell, is_update: bool) -> str:
    def judge(scene: _Scene, ended: Result, before: Tree, complete: Tree) -> None:
        """Its end tells which of both it is."""
        require(ended.code in (0, -signal.SIGINT), f"it ends with {ended.code}")
        require_same("the home", scene.plain.state(), before if ended.code else complete)

    with _scene(bed, shell, _INTERRUPT, (), is_update) as scene:
        return _sweep(bed, scene, judge, f"{shell.name}{is_update}")


def _failing(bed: Bed, is_update: bool) -> str:
    def judge(scene: _Scene, ended: Result, before: Tree, complete: Tree) -> None:
        """Whatever could not be done is told, and can be done once more."""
        if ended.code == 0:
            require_same("the home", scene.plain.state(), complete)
            return
        require(ended.err.count("error: ") == 1, "no error is told, or several are")
        if scene.plain.state() != before:
            scene.install(scene.plain, scene.new)
            require_same("the home, after it was done again", scene.plain.state(), complete)

    with _scene(bed, DASH, _FAIL, _CLEANING, is_update) as scene:
        return _sweep(bed, scene, judge, f"fails{is_update}")
