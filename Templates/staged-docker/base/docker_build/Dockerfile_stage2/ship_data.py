"""Takes the result that the engine serves out of a folder of results into DATA_DIR, if it is good."""

import shutil
import sys
from pathlib import Path

from shared_utils import env_var_defaults
from shared_utils.errors import StepError
from shared_utils.step_results import read_result
from shared_utils.steps import read_steps


def main(folder: Path) -> int:
    try:
        step = read_steps().shipped
        shipped = env_var_defaults.result_file(step)
        found = folder / shipped.name
        records = read_result(found, step)
        shipped.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(found, shipped)
        print(f"shipped {shipped}: {len(records)} records")
    except StepError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
