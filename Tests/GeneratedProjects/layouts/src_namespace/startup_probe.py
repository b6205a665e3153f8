"""Put on PYTHONPATH as `sitecustomize`: sends a signal to the process at a certain import.

What is counted are imports of libraries: nothing of them comes before the service's first line.
"""

import os
import signal
import sys
import time
from pathlib import Path

_PACKAGE = os.environ["PROBE_PACKAGE"]
_RESULT = Path(os.environ["PROBE_RESULT"])
# 0: no signal; how many imports there are is what is asked for.
_IMPORT = int(os.environ["PROBE_IMPORT"])
_SIGNAL = int(os.environ["PROBE_SIGNAL"])

_seen = 0


def _count(event: str, arguments: tuple[object, ...]) -> None:
    global _seen
    if event != "import":
        return
    name = str(arguments[0]).partition(".")[0]
    if name == _PACKAGE or name in sys.stdlib_module_names:
        return
    _seen += 1
    if _IMPORT == 0:
        _RESULT.write_text(str(_seen), encoding="utf-8")
    elif _seen == _IMPORT:
        _RESULT.write_text(str(time.monotonic()), encoding="utf-8")
        os.kill(os.getpid(), signal.Signals(_SIGNAL))


sys.addaudithook(_count)
