"""What every entry point does around its own work: logging, errors in one line, `SIGTERM`."""

import logging
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from shared_utils import env_var_defaults
from shared_utils.env_var_reader import EnvVarReader
from shared_utils.errors import EnvVarError, StepError
from shared_utils.sigterm import exit_on_sigterm

SIGTERM_EXIT_CODE = 128 + signal.SIGTERM


def step_name(main_file: str) -> str:
    """`011__name` for `src/task__011__name/main.py`: a step is called after its folder."""
    return Path(main_file).resolve().parent.name.removeprefix("task__")


def run_step(step: str, body: Callable[[], None], *, handles_sigterm: bool = False) -> NoReturn:
    """Runs the step and exits: 0 done, 1 the step failed, 2 a variable is at fault.

    Handling `SIGTERM` also makes `docker stop` work: process 1 of a container ignores signals that
    it does not handle. A step that has seen to it before says so.
    """
    if not handles_sigterm:
        exit_on_sigterm(SIGTERM_EXIT_CODE)
    logging.basicConfig(
        format="%(asctime)s %(levelname)s %(message)s", level=logging.INFO, stream=sys.stderr
    )
    log = logging.getLogger(step)
    try:
        if len(sys.argv) > 1:
            raise EnvVarError("a step takes no arguments: expected environment variables")
        runtime_env = EnvVarReader.runtime_env()
        logging.getLogger().setLevel(env_var_defaults.log_level())
        log.info("step %s starts with RUNTIME_ENV=%s", step, runtime_env)
        body()
    except StepError as error:
        log.error("step %s: %s", step, error)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
    log.info("step %s is done", step)
    sys.exit(0)
