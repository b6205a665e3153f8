"""Reads settings from the environment.

A variable that is set wins. One that is not set has the default of `RUNTIME_ENV`, and where that
is not set either, the production default.
"""

import os
import re
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from shared_utils.env_file import read_env_file
from shared_utils.errors import EnvVarError

PROJECT_ROOT = Path(__file__).resolve().parents[2]

_FLAGS = {
    "true": True,
    "yes": True,
    "on": True,
    "1": True,
    "false": False,
    "no": False,
    "off": False,
    "0": False,
}


class RuntimeEnv(StrEnum):
    """Which of a variable's two defaults counts."""

    PROD = "PROD"
    DEV = "DEV"


class EnvVarReader:
    """One method per kind of value, each called with the name and the defaults of PROD and DEV."""

    @staticmethod
    def runtime_env() -> RuntimeEnv:
        value = os.environ.get("RUNTIME_ENV", RuntimeEnv.PROD)
        try:
            return RuntimeEnv(value)
        except ValueError:
            raise _malformed("RUNTIME_ENV", value, "PROD or DEV") from None

    @classmethod
    def get_int_by_env(
        cls,
        name: str,
        prod: int,
        dev: int,
        *,
        minimum: int | None = None,
        maximum: int | None = None,
    ) -> int:
        default = cls._default(prod, dev)
        value = os.environ.get(name)
        if value is None:
            return default
        expected = "a whole number"
        if minimum is not None:
            expected += f" from {minimum}"
        if maximum is not None:
            expected += f" to {maximum}"
        # int() alone would also take " 7", "1_000" and digits of other scripts.
        if not re.fullmatch(r"-?[0-9]{1,18}", value):
            raise _malformed(name, value, expected)
        number = int(value)
        if (minimum is not None and number < minimum) or (maximum is not None and number > maximum):
            raise _malformed(name, value, expected)
        return number

    @classmethod
    def get_text_by_env(cls, name: str, prod: str, dev: str) -> str:
        default = cls._default(prod, dev)
        value = os.environ.get(name)
        if value is None:
            return default
        if not value.strip() or not value.isprintable():
            raise _malformed(name, value, "text of one line that is not blank")
        return value

    @classmethod
    def get_choice_by_env(cls, name: str, prod: str, dev: str, choices: Sequence[str]) -> str:
        default = cls._default(prod, dev)
        value = os.environ.get(name)
        if value is None:
            return default
        if value not in choices:
            raise _malformed(name, value, f"one of {', '.join(choices)}")
        return value

    @classmethod
    def get_flag_by_env(cls, name: str, prod: bool, dev: bool) -> bool:
        default = cls._default(prod, dev)
        value = os.environ.get(name)
        if value is None:
            return default
        try:
            return _FLAGS[value.lower()]
        except KeyError:
            raise _malformed(name, value, "true or false") from None

    @classmethod
    def get_path_by_env(cls, name: str, prod: Path, dev: Path) -> Path:
        """A relative path counts from the working directory, as everywhere in a shell."""
        default = cls._default(prod, dev)
        value = os.environ.get(name)
        if value is None:
            return default
        if not value.strip() or not value.isprintable() or value.startswith("~"):
            raise _malformed(name, value, "a path (~ is expanded by shells only)")
        return Path(value).absolute()

    @staticmethod
    def get_secret_by_env(name: str, env_file: Path = PROJECT_ROOT / ".env") -> str:
        """A secret has no default: it comes from the environment, else from `.env`."""
        value = os.environ.get(name) or read_env_file(env_file).get(name)
        if not value:
            raise EnvVarError(
                f"{name} is not set: expected a secret in the environment or in {env_file}"
                " (README.md, First run)"
            )
        return value

    @classmethod
    def _default[T](cls, prod: T, dev: T) -> T:
        return dev if cls.runtime_env() is RuntimeEnv.DEV else prod


def _malformed(name: str, value: str, expected: str) -> EnvVarError:
    return EnvVarError(f"{name}={value!r} is malformed: expected {expected}")
