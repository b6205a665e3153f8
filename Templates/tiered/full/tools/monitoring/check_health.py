"""Ends with 0 if a URL answers 200, else with 1: python -m tools.monitoring.check_health URL"""

import argparse
import sys
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.request import urlopen


def is_healthy(url: str, timeout: float) -> bool:
    # Only the standard library: this runs every few seconds in every container.
    try:
        with urlopen(url, timeout=timeout) as answer:  # noqa: S310  # main looks at the scheme
            return bool(answer.status == 200)
    except HTTPError as error:
        with error:
            print(f"{url}: {error}", file=sys.stderr)
        return False
    except (URLError, HTTPException, OSError) as error:
        print(f"{url}: {error}", file=sys.stderr)
        return False


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Asks a health endpoint.")
    parser.add_argument("url")
    parser.add_argument("--timeout", type=float, default=2.0, help="seconds (default: %(default)s)")
    options = parser.parse_args(arguments)
    if not options.url.startswith(("http://", "https://")):
        parser.error("the URL has to begin with http:// or https://")
    return 0 if is_healthy(options.url, options.timeout) else 1


if __name__ == "__main__":
    sys.exit(main())
