"""Asks the engine in this container whether it is well."""

import http.client
import os
import sys

from shared_utils import env_var_defaults
from shared_utils.errors import StepError


def main() -> int:
    # The same rule as in scripts_sh, by which the engine was started, or the ports would differ.
    os.environ.setdefault("RUNTIME_ENV", "DEV")
    try:
        connection = http.client.HTTPConnection(
            "127.0.0.1", env_var_defaults.engine_port(), timeout=2
        )
        connection.request("GET", "/health")
        response = connection.getresponse()
        body = response.read().decode()
        if response.status != 200:
            raise ValueError(f"/health answered {response.status}: {body}")
    except (OSError, ValueError, http.client.HTTPException, StepError) as error:
        print(f"the engine is not well: {error!r}", file=sys.stderr)
        return 1
    print(f"the engine is well: {body}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
