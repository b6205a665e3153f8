"""The environment variables of this step; env_var_defaults.py says what each is when not set.

INPUT_FILE, INPUT_REPLACE, DATA_DIR, DATABASE_HOST, DATABASE_PORT, DATABASE_NAME, DATABASE_USER,
DATABASE_WAIT_SECONDS and the secret POSTGRES_PASSWORD.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from shared_utils import env_var_defaults
from shared_utils.database import DatabaseArgs


@dataclass(frozen=True)
class PyArgs:
    input_file: Path
    input_replace: bool
    result_file: Path
    database: DatabaseArgs

    @classmethod
    def from_env(cls, step: str) -> Self:
        return cls(
            input_file=env_var_defaults.input_file(),
            input_replace=env_var_defaults.input_replace(),
            result_file=env_var_defaults.result_file(step),
            database=DatabaseArgs(
                host=env_var_defaults.database_host(),
                port=env_var_defaults.database_port(),
                name=env_var_defaults.database_name(),
                user=env_var_defaults.database_user(),
                wait_seconds=env_var_defaults.database_wait_seconds(),
                password=env_var_defaults.postgres_password(),
            ),
        )
