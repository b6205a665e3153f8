<<@if EXAMPLE>>
"""Starts the engine in this container, asks it for a word that its data has, and stops it."""
<<@else>>
"""Starts the engine in this container, compares its answer with its data, and stops it."""
<<@end>>

import http.client
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
<<@if EXAMPLE>>
from urllib.parse import quote
<<@end>>

from shared_utils import env_var_defaults
<<@if EXAMPLE>>
from shared_utils.document_results import read_documents
from shared_utils.documents import document_frequencies
<<@end>>
from shared_utils.errors import StepError
<<@if not EXAMPLE>>
from shared_utils.step_results import read_result
<<@end>>
from shared_utils.steps import read_steps

START_SECONDS = 30
STOP_SECONDS = 10


def ask(path: str) -> Any:
    connection = http.client.HTTPConnection("127.0.0.1", env_var_defaults.engine_port(), timeout=2)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        body = response.read()
    finally:
        connection.close()
    if response.status != 200:
        raise StepError(f"{path} answered {response.status}: {body!r}")
    return json.loads(body)


def wait_until_healthy(engine: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            print(f"/health answers {ask('/health')}")
            return
        except OSError as error:
            if engine.poll() is not None:
                raise StepError(f"the engine ended with exit code {engine.returncode}") from None
            if time.monotonic() > deadline:
                raise StepError(f"no answer in {START_SECONDS} seconds: {error}") from None
            time.sleep(0.1)


def smoke_test() -> None:
    step = read_steps().shipped
<<@if EXAMPLE>>
    documents = read_documents(env_var_defaults.result_file(step), step)
    frequencies = document_frequencies(documents)
    if not frequencies:
        raise StepError("no document has a word to search for")
    # The rarest one: what many documents have, a limit cuts off.
    word = min(frequencies, key=lambda word: (frequencies[word], word))
    holders = {document.id for document in documents if word in document.words}
<<@else>>
    records = read_result(env_var_defaults.result_file(step), step)
<<@end>>
    # The project's own entry point, without arguments from outside.
    engine = subprocess.Popen([Path(__file__).with_name("entrypoint.sh")])  # noqa: S603
    try:
        wait_until_healthy(engine)
<<@if EXAMPLE>>
        hits = ask(f"/search?q={quote(word)}&limit=100")["hits"]
        found = [hit["id"] for hit in hits]
        if not found or not holders.issuperset(found):
            raise StepError(f"a search for {word!r} finds {found}, not what has it")
        print(f"/search finds {found[0]!r} by {word!r}")
<<@else>>
        if ask("/result") != records:
            raise StepError("/result is not what the data has")
        print(f"/result has the {len(records)} records of the data")
<<@end>>
        engine.terminate()
        if engine.wait(STOP_SECONDS) != 0:
            raise StepError(f"the engine ended with exit code {engine.returncode} on SIGTERM")
        print("the engine stopped cleanly")
    except subprocess.TimeoutExpired:
        raise StepError(f"the engine did not stop within {STOP_SECONDS} seconds") from None
    finally:
        engine.kill()


def main() -> int:
    try:
        smoke_test()
    except StepError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
