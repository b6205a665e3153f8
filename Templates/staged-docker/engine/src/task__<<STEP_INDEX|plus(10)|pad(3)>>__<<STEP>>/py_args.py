"""The environment variables of this step; env_var_defaults.py says what each is when not set.

DATA_DIR, ENGINE_HOST, ENGINE_PORT and SEARCH_LIMIT.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from shared_utils import env_var_defaults

PREVIOUS_STEP = "<<STEP_INDEX|plus(9)|pad(3)>>__<<STEP_PREVIOUS>>"


@dataclass(frozen=True)
class PyArgs:
    previous_result: Path
    host: str
    port: int
    search_limit: int

    @classmethod
    def from_env(cls) -> Self:
        return cls(
            previous_result=env_var_defaults.result_file(PREVIOUS_STEP),
            host=env_var_defaults.engine_host(),
            port=env_var_defaults.engine_port(),
            search_limit=env_var_defaults.search_limit(),
        )
