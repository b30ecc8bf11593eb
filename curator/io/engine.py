"""The whole engine seam: one function over many jobs, in this process or a pool of workers."""

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor
from concurrent.futures import wait as wait_for
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing.connection import wait
from typing import TypeVar

from curator.io.lean import without_pandas

AHEAD = 4  # jobs per worker that wait their turn: enough to keep it busy, few enough to hold
J = TypeVar("J")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Lost:
    """A worker ended while it held this job."""

    why: str


def run(job: Callable[[J], R], jobs: Iterable[J], workers: int) -> Iterator[tuple[J, R | Lost]]:
    """Every job with its result, in the order in which they end.

    `job` is a module-level function and jobs are picklable. One worker means this process. Jobs
    are taken as they come, so that what makes them goes on while the first are worked on.
    """
    coming = iter(jobs)
    first = list(islice(coming, 2))
    if workers <= 1 or len(first) <= 1:
        for each in chain(first, coming):
            yield each, job(each)
        return
    # spawn: a fork would copy locks that threads of numpy and pyarrow hold
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, context, _die_with_parent)
    pending: dict[Future[R], J] = {}
    try:
        for each in chain(first, coming):
            try:
                pending[pool.submit(job, each)] = each
            except BrokenProcessPool as error:
                yield each, Lost(str(error))
            if len(pending) >= AHEAD * workers:
                yield from _ended(pending)
        while pending:
            yield from _ended(pending)
    finally:
        pool.shutdown(cancel_futures=True)


def _ended(pending: dict[Future[R], J]) -> Iterator[tuple[J, R | Lost]]:
    """Wait for the next jobs to end, and take them off the list."""
    for future in wait_for(pending, return_when=FIRST_COMPLETED).done:
        each = pending.pop(future)
        try:
            yield each, future.result()
        except BrokenProcessPool as error:
            yield each, Lost(str(error))


def _die_with_parent() -> None:
    """End this worker when its parent is gone: an orphan would hold memory for nobody."""
    without_pandas()
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
