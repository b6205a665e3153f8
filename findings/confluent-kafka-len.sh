#!/usr/bin/env bash
# confluent-kafka 2.16.0: `len(producer)` counts what is no message.
#
# Expected: a producer that was given nothing to send has nothing left to send; its documents call this
# "number of messages waiting" and what `flush` returns "number of messages still in queue".
# Seen: errors of connections that nobody has polled for are counted as well, since librdkafka adds the
# length of its queue of callbacks. A test for 0 fails whenever such an error comes in between.
# A delivery report for each message says what `len` does not: which of them have an answer.
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check confluent-kafka==2.16.0

seen="$(
    "$work/venv/bin/python" - <<'PYTHON'
import time

import confluent_kafka

# Nobody listens on port 1.
nowhere = {"bootstrap.servers": "127.0.0.1:1", "log_level": 0}


def longer_than(length, producer):
    deadline = time.monotonic() + 60
    while len(producer) <= length and time.monotonic() < deadline:
        time.sleep(0.05)
    return len(producer) > length


idle = confluent_kafka.Producer(nowhere)
print("of no message, len is above 0:", longer_than(0, idle))

told = []
errors = confluent_kafka.Producer(nowhere | {"error_cb": lambda error: told.append(error.name())})
longer_than(1, errors)
errors.poll(0)
print("it counted:", *sorted(set(told)))

answers = []
sending = confluent_kafka.Producer(nowhere | {"message.timeout.ms": 100})
sending.produce("t", b"x", on_delivery=lambda error, _: answers.append(error.name()))
while not answers:
    sending.flush()
print("of one message, which was given up with", *answers, "len is above 0:", longer_than(0, sending))
PYTHON
)"

printf '%s\n' "$seen"
was="$(
    cat <<'END'
of no message, len is above 0: True
it counted: _ALL_BROKERS_DOWN _TRANSPORT
of one message, which was given up with _MSG_TIMED_OUT len is above 0: True
END
)"
if [[ "$seen" != "$was" ]]; then
    printf 'the behaviour has changed; it was:\n%s\n' "$was" >&2
    exit 1
fi
