"""Writers side by side for a while, and how many writes a second they came to."""

from collections.abc import Callable
from threading import Barrier, Thread
from time import monotonic

Write = Callable[[int], object]
"""`n`: the how-manieth write of this writer."""


def rate(writers: int, seconds: float, begin: Callable[[int], Write]) -> float:
    """`begin` makes the write of one writer, before the clock starts. Raises what a writer raised."""
    done, failed = [0] * writers, list[BaseException]()
    ready = Barrier(writers + 1)
    until = [0.0]

    def run(number: int) -> None:
        try:
            write = begin(number)
            ready.wait()
            n = 0
            while monotonic() < until[0]:
                write(n)
                n += 1
            done[number] = n
        except BaseException as error:
            failed.append(error)
            ready.abort()

    threads = [Thread(target=run, args=[number]) for number in range(writers)]
    for thread in threads:
        thread.start()
    until[0] = monotonic() + 3600
    ready.wait()
    began = monotonic()
    until[0] = began + seconds
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return sum(done) / (monotonic() - began)
