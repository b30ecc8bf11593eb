"""The whole engine seam: one function over many jobs, in this process or a pool of workers."""

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import TypeVar

from curator.io.lean import without_pandas

J = TypeVar("J")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Lost:
    """A worker ended while it held this job."""

    why: str


def run(job: Callable[[J], R], jobs: Iterable[J], workers: int) -> Iterator[tuple[J, R | Lost]]:
    """Every job with its result, in the order in which they end.

    `job` is a module-level function and jobs are picklable. One worker means this process.
    """
    todo = list(jobs)
    if workers <= 1 or len(todo) <= 1:
        for each in todo:
            yield each, job(each)
        return
    # spawn: a fork would copy locks that threads of numpy and pyarrow hold
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(workers, len(todo)), context, _die_with_parent) as pool:
        futures: dict[Future[R], J] = {pool.submit(job, each): each for each in todo}
        for future in as_completed(futures):
            try:
                yield futures[future], future.result()
            except BrokenProcessPool as error:
                yield futures[future], Lost(str(error))


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
