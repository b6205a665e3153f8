"""Verifies that the result in DATA_DIR, which the engine serves, is as its step wrote it."""

import sys

from shared_utils import env_var_defaults
from shared_utils.errors import StepError
from shared_utils.step_results import read_result
from shared_utils.steps import read_steps


def main() -> int:
    try:
        step = read_steps().shipped
        path = env_var_defaults.result_file(step)
        records = read_result(path, step)
        print(f"verified {path}: {len(records)} records match their checksum")
    except StepError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
