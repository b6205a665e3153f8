"""Hands on what the step before it left, as it is."""

import logging

from shared_utils.step import run_step, step_name
from shared_utils.step_results import read_result, write_result

from .py_args import PyArgs

STEP = step_name(__file__)
log = logging.getLogger(STEP)


def main() -> None:
    args = PyArgs.from_env(STEP)
    records = read_result(args.previous_result, args.previous_step)
    log.info("read %d records from %s", len(records), args.previous_result)
    write_result(args.result_file, STEP, records)
    log.info("wrote %d records to %s", len(records), args.result_file)


if __name__ == "__main__":
    run_step(STEP, main)
