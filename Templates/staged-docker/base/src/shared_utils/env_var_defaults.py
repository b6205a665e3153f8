"""Every default of the application, in the order `name, PROD, DEV`.

What overrides what: the environment of a compose file, then `scripts_sh/*.sh`, then this file.
Functions, not constants: a variable is read when a step asks for it, and only by the steps that do.
"""

from pathlib import Path

from shared_utils.env_var_reader import PROJECT_ROOT, EnvVarReader

# Ports: 4xxxx in PROD, 3xxxx in DEV, counted from <<PORT_BLOCK|pad(3)>>.


def database_port() -> int:
    return EnvVarReader.get_int_by_env("DATABASE_PORT", 4<<PORT_BLOCK|pad(4)>>, 3<<PORT_BLOCK|pad(4)>>, minimum=1, maximum=65535)


def engine_port() -> int:
    return EnvVarReader.get_int_by_env("ENGINE_PORT", 4<<PORT_BLOCK|plus(1)|pad(4)>>, 3<<PORT_BLOCK|plus(1)|pad(4)>>, minimum=1, maximum=65535)


# Hosts


def database_host() -> str:
    return EnvVarReader.get_text_by_env("DATABASE_HOST", "127.0.0.1", "127.0.0.1")


def engine_host() -> str:
    """PROD runs in a container, where only 0.0.0.0 can be published."""
    return EnvVarReader.get_text_by_env("ENGINE_HOST", "0.0.0.0", "127.0.0.1")


# Database


def database_name() -> str:
    return EnvVarReader.get_text_by_env("DATABASE_NAME", "pipeline", "pipeline")


def database_user() -> str:
    return EnvVarReader.get_text_by_env("DATABASE_USER", "pipeline", "pipeline")


def database_wait_seconds() -> int:
    """How long to wait for it: a new container first makes its files."""
    return EnvVarReader.get_int_by_env("DATABASE_WAIT_SECONDS", 60, 30, minimum=0, maximum=3600)


def postgres_password() -> str:
    return EnvVarReader.get_secret_by_env("POSTGRES_PASSWORD")


# Data


def data_dir() -> Path:
    """Where every step leaves its result: PROD and DEV never mix."""
    return EnvVarReader.get_path_by_env(
        "DATA_DIR", PROJECT_ROOT / "data/prod", PROJECT_ROOT / "data/dev"
    )


def result_file(step: str) -> Path:
    return data_dir() / f"{step}.jsonl"


def input_file() -> Path:
<<@if EXAMPLE>>
    documents = PROJECT_ROOT / "data/input/documents.jsonl"
    return EnvVarReader.get_path_by_env("INPUT_FILE", documents, documents)
<<@else>>
    records = PROJECT_ROOT / "data/input/records.jsonl"
    return EnvVarReader.get_path_by_env("INPUT_FILE", records, records)
<<@end>>


def input_replace() -> bool:
    """Whether <<@if EXAMPLE>>documents<<@else>>records<<@end>> that the input no longer has are removed from the database."""
    return EnvVarReader.get_flag_by_env("INPUT_REPLACE", False, False)


# Steps


def log_level() -> str:
    levels = ("DEBUG", "INFO", "WARNING", "ERROR")
    return EnvVarReader.get_choice_by_env("LOG_LEVEL", "INFO", "INFO", levels)
<<@if EXAMPLE>>
<<@for STEP in STEPS>>
<<@if STEP_INDEX == 3>>


def keep_percent(step: str) -> int:
    """How many of a document's words a step that refines keeps: TIDY_KEEP_PERCENT for 013__tidy."""
    name = step.partition("__")[2].upper()
    return EnvVarReader.get_int_by_env(f"{name}_KEEP_PERCENT", 80, 80, minimum=1, maximum=100)
<<@end>>
<<@end>>


def search_limit() -> int:
    """How many hits the engine returns when a query does not say."""
    return EnvVarReader.get_int_by_env("SEARCH_LIMIT", 10, 10, minimum=1, maximum=100)
<<@end>>
