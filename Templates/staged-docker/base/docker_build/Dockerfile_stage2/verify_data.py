"""Verifies that the results in DATA_DIR are as their steps wrote them."""

import sys

from shared_utils import env_var_defaults
from shared_utils.errors import StepError
from shared_utils.step_results import read_result


def main() -> int:
    try:
        data_dir = env_var_defaults.data_dir()
        results = sorted(data_dir.glob("*.jsonl"))
        if not results:
            raise StepError(f"{data_dir} holds no results: build stage 2 after stage 1 has run")
        for path in results:
            documents = read_result(path, path.stem)
            print(f"verified {path}: {len(documents)} documents match their checksum")
    except StepError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
