"""The engine: every job once, in a pool or not, and a worker that dies is told of."""

import os

import pytest

from curator.io.engine import AHEAD, Lost, run


def double(number: int) -> int:
    return 2 * number


def fall(number: int) -> int:
    if number == 3:
        os._exit(9)
    return number


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("count", [0, 1, 2, 30])
def test_every_job_is_done_once(workers, count):
    assert dict(run(double, range(count), workers)) == {n: 2 * n for n in range(count)}


def test_jobs_are_taken_as_they_are_needed():
    taken = []

    def jobs():
        for number in range(100):
            taken.append(number)
            yield number

    results = run(double, jobs(), 2)
    next(results)
    assert len(taken) <= 2 * AHEAD
    results.close()


def test_a_worker_that_dies_is_told_of_and_no_job_is_forgotten():
    results = dict(run(fall, range(8), 2))
    assert set(results) == set(range(8))
    assert isinstance(results[3], Lost)
