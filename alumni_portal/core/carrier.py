"""What carries a job from its row to a worker: three functions, so that another may do it.

Here it is an event inside the process and a look at the table every second. A carrier over a
message broker replaces these three and nothing else; the row stays the truth.
"""

import threading

_awake = threading.Event()


def wake() -> None:
    """Say that a job was committed."""
    _awake.set()


def wait(seconds: float) -> None:
    """Wait until a job was committed, or so long."""
    _awake.wait(seconds)
    _awake.clear()


def stop() -> None:
    """Let every waiting worker look up at once, to see that it should end."""
    _awake.set()
