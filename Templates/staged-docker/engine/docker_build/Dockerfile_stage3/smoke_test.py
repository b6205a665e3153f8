"""Starts the engine in this container, asks it for a word that its data has, and stops it."""

import http.client
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

from shared_utils import env_var_defaults
from shared_utils.documents import document_frequencies
from shared_utils.errors import StepError
from shared_utils.step_results import read_result

PREVIOUS_STEP = "<<STEP_INDEX|plus(9)|pad(3)>>__<<STEP_PREVIOUS>>"
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
    documents = read_result(env_var_defaults.result_file(PREVIOUS_STEP), PREVIOUS_STEP)
    frequencies = document_frequencies(documents)
    if not frequencies:
        raise StepError("no document has a word to search for")
    # The rarest one: what many documents have, a limit cuts off.
    word = min(frequencies, key=lambda word: (frequencies[word], word))
    holders = {document.id for document in documents if word in document.words}
    # The project's own entry point, without arguments from outside.
    engine = subprocess.Popen([Path(__file__).with_name("entrypoint.sh")])  # noqa: S603
    try:
        wait_until_healthy(engine)
        hits = ask(f"/search?q={quote(word)}&limit=100")["hits"]
        found = [hit["id"] for hit in hits]
        if not found or not holders.issuperset(found):
            raise StepError(f"a search for {word!r} finds {found}, not what has it")
        print(f"/search finds {found[0]!r} by {word!r}")
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
