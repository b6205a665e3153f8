"""The environment variables of this step; env_var_defaults.py says what each is when not set.

<<@if EXAMPLE>>
DATA_DIR, ENGINE_HOST, ENGINE_PORT and SEARCH_LIMIT.
<<@else>>
DATA_DIR, ENGINE_HOST and ENGINE_PORT.
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
    host: str
    port: int
<<@if EXAMPLE>>
    search_limit: int
<<@end>>

    @classmethod
    def from_env(cls, step: str) -> Self:
        previous_step = read_steps().before(step)
        return cls(
            previous_step=previous_step,
            previous_result=env_var_defaults.result_file(previous_step),
            host=env_var_defaults.engine_host(),
            port=env_var_defaults.engine_port(),
<<@if EXAMPLE>>
            search_limit=env_var_defaults.search_limit(),
<<@end>>
        )
