"""The environment variables of this step; env_var_defaults.py says what each is when not set.

DATA_DIR and <<STEP|upper>>_KEEP_PERCENT.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from shared_utils import env_var_defaults

PREVIOUS_STEP = "<<STEP_INDEX|plus(9)|pad(3)>>__<<STEP_PREVIOUS>>"


@dataclass(frozen=True)
class PyArgs:
    previous_result: Path
    result_file: Path
    keep_percent: int

    @classmethod
    def from_env(cls, step: str) -> Self:
        return cls(
            previous_result=env_var_defaults.result_file(PREVIOUS_STEP),
            result_file=env_var_defaults.result_file(step),
            keep_percent=env_var_defaults.<<STEP>>_keep_percent(),
        )
