"""How open_clip_train deals shards to its workers: what is legal, and the command that says so."""

import re
import shlex
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

MOST_WORKERS = 4  # processes in the command, where shards allow: open_clip_train's own default
MOST_BATCH = 32_768  # pairs in the command, where legal: CLIP's own (arXiv 2103.00020, §2.5)


@dataclass(frozen=True, slots=True)
class Fit:
    """The largest batch with which this many loader workers never wait for ever."""

    workers: int
    batch: int  # pairs


def legal(sizes: Iterable[int]) -> tuple[Fit, ...]:
    """The largest batches for 1, 2, 4 … workers and for the most there can be; empty if none.

    Each epoch deals the shuffled shards to the workers in turn. A worker whose shards hold less
    than one batch starts over for ever without a word, so the bound is the worst deal: as few
    shards as a worker can get, and the smallest ones.
    """
    ordered = sorted(sizes)
    batches = {n: sum(ordered[: len(ordered) // n]) for n in range(1, len(ordered) + 1)}
    most = max((n for n, batch in batches.items() if batch), default=0)
    counts = {1 << power for power in range(most.bit_length())} | {most} - {0}
    return tuple(Fit(n, batches[n]) for n in sorted(counts))


def advised(fits: Sequence[Fit]) -> Fit:
    """The workers and batch that the command names: both legal, neither beyond what is usual."""
    usual = [fit for fit in fits if fit.workers <= MOST_WORKERS]
    best = max(usual, key=lambda fit: (fit.batch > 1, fit.workers))  # one pair alone has no loss
    return Fit(best.workers, min(best.batch, MOST_BATCH))


def notation(folder: str, names: Sequence[str]) -> str:
    """Shards by number, sorted, as the brace notation that the loader expands."""
    parts = [first if first == last else f"{{{first}..{last}}}" for first, last in _runs(names)]
    joined = parts[0] if len(parts) == 1 else f"{{{','.join(parts)}}}"
    return re.sub(r"([\\{}])", r"\\\1", folder) + f"/{joined}.tar"


def _runs(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """First and last of each unbroken run of numbers."""
    start = 0
    for end in range(1, len(names) + 1):
        if end == len(names) or int(names[end]) != int(names[end - 1]) + 1:
            yield names[start], names[end - 1]
            start = end


def command(shards: str, model: str, fit: Fit) -> str:
    """The training of one epoch on a CPU, quoted for a POSIX shell."""
    options = {
        "--model": model,
        "--train-data": shards,
        "--dataset-type": "webdataset",
        "--batch-size": str(fit.batch),
        "--workers": str(fit.workers),
        "--epochs": "1",
        "--warmup": "10",  # steps; with the default, 10,000, an epoch ends before learning begins
        "--device": "cpu",
        "--precision": "fp32",  # the default, amp, is 40 times slower on a CPU
    }
    words = ["python", "-m", "open_clip_train.main"]
    return shlex.join([*words, *(word for pair in options.items() for word in pair)])
