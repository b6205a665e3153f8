"""Reads a SARIF file as its schema, version 2.1.0, has it: `sarif_reader.py FILE`.

A program for the Python that has the reader, whose classes were generated from the schema. Prints
how many results and rules there are, or what is wrong.
"""

import sys
from pathlib import Path

import pydantic
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Log


def main(name: str) -> int:
    try:
        log = Log.model_validate_json(Path(name).read_text(encoding="utf-8"))
    except pydantic.ValidationError as problem:
        print(problem)
        return 1
    results = [result for run in log.runs for result in run.results or []]
    rules = [rule for run in log.runs for rule in run.tool.driver.rules or []]
    print(f"{len(results)} results of {len(rules)} rules")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
