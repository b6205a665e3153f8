"""Shows the queue of analytics events and its dead letters, and brings those back.

python -m tools.monitoring.inspect_queue              # how many messages wait
python -m tools.monitoring.inspect_queue --dead       # and the dead letters, oldest first
python -m tools.monitoring.inspect_queue --revive     # publishes them again
"""

import argparse
import asyncio
import sys

from redis.exceptions import RedisError

from src.analytics.tracking import GROUP, STREAM
from src.core.config import get_settings
from src.core.redis import create_redis
from src.integrations.message_queue import MessageQueue


async def inspect(queue: MessageQueue, *, dead: bool, revive: bool, count: int) -> list[str]:
    """The lines of the report."""
    lines = []
    if revive:
        lines.append(f"revived  {await queue.revive(count)}")
    depth = await queue.depth()
    lines += [
        f"waiting  {depth.waiting}",
        f"pending  {depth.pending}",
        f"dead     {depth.dead}",
    ]
    if dead:
        letters = await queue.dead_letters(count)
        lines += [f"{letter.id}  {reason}  {letter.body}" for letter, reason in letters]
    return lines


async def run(url: str, options: argparse.Namespace) -> list[str]:
    async with create_redis(url, timeout_seconds=5.0) as redis:
        queue = MessageQueue(redis, STREAM, group=GROUP)
        return await inspect(queue, dead=options.dead, revive=options.revive, count=options.count)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Shows the queue of analytics events.")
    parser.add_argument("--dead", action="store_true", help="list the dead letters")
    parser.add_argument("--revive", action="store_true", help="publish the dead letters again")
    parser.add_argument("--count", type=int, default=100, help="at most (default: %(default)s)")
    options = parser.parse_args(arguments)
    url = get_settings().redis_url
    if url is None:
        print("error: REDIS_URL is not set, so there is no queue", file=sys.stderr)
        return 1
    try:
        lines = asyncio.run(run(url, options))
    except RedisError as error:
        print(f"error: Redis does not answer: {error}", file=sys.stderr)
        return 1
    print("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
