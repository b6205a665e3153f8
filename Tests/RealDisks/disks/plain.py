"""Runs that nothing disturbs."""

from disks import layout
from disks.bed import Bed, require_success
from disks.cases import BUILT_IN, OWNERS, PROJECT, REPLACE, Case, fresh_folder
from verification.claims import require, require_equal


def ends_as_on_the_reference(bed: Bed, case: Case) -> str:
    """The same paths and bytes, and the same modes; or one warning that the disk has no modes."""
    with fresh_folder(bed.place.folder) as folder:
        case.prepare(folder)
        outcome = bed.scaffold.run(case.directory(folder), *case.arguments(OWNERS[0]))
        require_success(outcome)
        bed.require_tree(folder, bed.expectations.complete(case), outcome)
    said = [line for line in outcome.err.splitlines() if line.startswith("warning: ")]
    if bed.keeps_modes:
        require_equal("warnings", said, [])
        return ""
    require_equal("the number of warnings where modes are not kept", len(said), 1)
    require(layout.PRIVATE in said[0], f"the warning does not name {layout.PRIVATE}: {said[0]}")
    return said[0]


def refuses_conflicts(bed: Bed) -> str:
    with fresh_folder(bed.place.folder) as folder:
        before = REPLACE.prepare(folder)
        outcome = bed.scaffold.run(folder, PROJECT)
        require_equal("exit code", outcome.code, 4)
        require(f"{PROJECT}/{layout.COMMON}" in outcome.err, outcome.messages)
        bed.require_tree(folder, before, outcome)
    return ""


def makes_a_built_in_layout(bed: Bed) -> str:
    expected = bed.expectations.built_in
    with fresh_folder(bed.place.folder) as folder:
        outcome = bed.scaffold.with_layout(BUILT_IN).run(folder, PROJECT)
        require_success(outcome)
        bed.require_tree(folder, expected, outcome)
    return f"{len(expected)} paths"
