"""The environment variables of this step; env_var_defaults.py says what each is when not set.

<<@if EXAMPLE>>
DATA_DIR and <<STEP|upper>>_KEEP_PERCENT.
<<@else>>
DATA_DIR.
<<@end>>
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from shared_utils import env_var_defaults
from shared_utils.steps import read_steps


@dataclass(frozen=True)
class PyArgs:
    previous_step: str
    previous_result: Path
    result_file: Path
<<@if EXAMPLE>>
    keep_percent: int
<<@end>>

    @classmethod
    def from_env(cls, step: str) -> Self:
        previous_step = read_steps().before(step)
        return cls(
            previous_step=previous_step,
            previous_result=env_var_defaults.result_file(previous_step),
            result_file=env_var_defaults.result_file(step),
<<@if EXAMPLE>>
            keep_percent=env_var_defaults.keep_percent(step),
<<@end>>
        )
