"""Which batches are legal, and how shards and the command are written."""

import shlex
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.core.loading import MOST_BATCH, Fit, advised, command, legal, notation


def worst_deal(sizes, workers):
    """The least that any worker gets, over every order in which the shards may come."""
    return min(
        sum(order[worker::workers]) for order in permutations(sizes) for worker in range(workers)
    )


@given(st.lists(st.integers(0, 9), min_size=1, max_size=5))
def test_a_batch_is_legal_when_every_worker_gets_one_however_shards_are_dealt(sizes):
    fits = legal(sizes)
    assert all(fit.batch == worst_deal(sizes, fit.workers) for fit in fits)
    possible = [n for n in range(1, len(sizes) + 1) if worst_deal(sizes, n)]
    named = {fit.workers for fit in fits}
    assert named == {n for n in possible if n in (1, 2, 4, possible[-1])}


@pytest.mark.parametrize(
    ("sizes", "fits"),
    [
        pytest.param([203, 193, 186, 158], [(1, 740), (2, 344), (4, 158)], id="four shards"),
        pytest.param([5, 5, 5], [(1, 15), (2, 5), (3, 5)], id="three: one worker may get only one"),
        pytest.param([7], [(1, 7)], id="one shard feeds one worker"),
        pytest.param([7, 0], [(1, 7)], id="a shard of which nothing loads feeds nobody"),
        pytest.param([0], [], id="nothing loads, nothing is legal"),
        pytest.param([], [], id="no shard"),
    ],
)
def test_legal_batches(sizes, fits):
    assert [(fit.workers, fit.batch) for fit in legal(sizes)] == fits


@pytest.mark.parametrize(
    ("sizes", "fit"),
    [
        pytest.param([9] * 3, Fit(3, 9), id="as many workers as shards allow"),
        pytest.param([9] * 100, Fit(4, 225), id="but no more than is usual"),
        pytest.param([1, 9, 9], Fit(1, 19), id="fewer where a batch would be one pair"),
        pytest.param([100_000] * 4, Fit(4, MOST_BATCH), id="and no batch that nobody trains with"),
    ],
)
def test_the_command_stays_within_what_is_usual(sizes, fit):
    assert advised(legal(sizes)) == fit


@pytest.mark.parametrize(
    ("folder", "names", "written"),
    [
        pytest.param("/e", ["00000"], "/e/00000.tar", id="one shard needs no braces"),
        pytest.param("/e", ["00000", "00001"], "/e/{00000..00001}.tar", id="a run"),
        pytest.param(
            "/e",
            ["00000", "00002", "00003", "00005"],
            "/e/{00000,{00002..00003},00005}.tar",
            id="gaps, where no key fell into a shard",
        ),
        pytest.param("/{a}\\b", ["00000"], "/\\{a\\}\\\\b/00000.tar", id="braces of the folder"),
    ],
)
def test_shards_in_brace_notation(folder, names, written):
    assert notation(folder, names) == written


def test_the_command_is_quoted_for_a_shell():
    words = shlex.split(command("/a b's/{00000..00003}.tar", "local-dir:/x y", Fit(4, 158)))
    assert words[:3] == ["python", "-m", "open_clip_train.main"]
    options = dict(zip(words[3::2], words[4::2], strict=True))
    assert options["--train-data"] == "/a b's/{00000..00003}.tar"
    assert options["--model"] == "local-dir:/x y"
    assert (options["--batch-size"], options["--workers"]) == ("158", "4")
    assert (options["--dataset-type"], options["--precision"]) == ("webdataset", "fp32")
