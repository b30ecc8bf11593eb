"""train-check: does open_clip's own loader give every pair, and does a model learn from them."""

import json
import logging
import math
import os
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pyarrow.parquet as pq

from curator.core.loading import Fit, advised, command, legal, notation
from curator.errors import CuratorError, MachineError
from curator.io.lean import with_pandas

MODEL = f"local-dir:{Path(__file__).with_name('tiny_clip')}"  # never trained, 9 M parameters
STEP_BATCH = 32  # pairs per step of the short training: a fraction of a second on two cores
RATE, BETAS, EPSILON = 5e-4, (0.9, 0.98), 1e-6  # open_clip_train's defaults for a ViT
SEED = 0


@dataclass(frozen=True, slots=True)
class Checked:
    """What the loader gives, beside what the manifest promises."""

    pairs: int  # rows of the manifest
    shards: Mapping[str, int]  # samples that the loader gives, by shard
    missing: tuple[str, ...]  # keys that the loader does not give
    extra: tuple[str, ...]  # keys that the manifest does not name, or that come twice
    sizes: tuple[str, ...]  # where sizes.json, by which a trainer counts, says something else
    said: tuple[str, ...]  # the loader's own words about what it skips
    fits: tuple[Fit, ...]  # legal batches; empty where nothing loads
    command: str  # empty where nothing loads

    @property
    def loaded(self) -> int:
        """Samples that the loader gives."""
        return sum(self.shards.values())

    @property
    def sound(self) -> bool:
        """The loader gives exactly the pairs of the manifest, and counts them right."""
        return not (self.missing or self.extra or self.sizes)


@dataclass(frozen=True, slots=True)
class Trained:
    """What a short training showed."""

    losses: tuple[float, ...]  # of each step, before its update
    batch: int  # pairs
    chance: float  # ln(batch): the loss of a model that guesses
    seconds: float


def check(edition: Path) -> Checked:
    """Every pair loaded once as in a training; CuratorError without a manifest to compare with."""
    loader = _module("open_clip_train.data")
    shard_of = _manifest(edition)
    where = _notation(edition, shard_of, loader)
    keys: Counter[str] = Counter()
    shards = dict.fromkeys(sorted(set(shard_of.values())), 0)
    with _listening() as said:
        for sample in _one_pass(where, loader):
            keys[sample["__key__"]] += 1
            shards[Path(sample["__url__"]).stem] += 1
    promised, fits = Counter(shard_of.keys()), legal(shards.values())
    return Checked(
        pairs=len(shard_of),
        shards=shards,
        missing=tuple(sorted(promised - keys)),
        extra=tuple(sorted(keys - promised)),
        sizes=tuple(_sizes(edition, shards)),
        said=tuple(said),
        fits=fits,
        command=command(where, MODEL, advised(fits)) if fits else "",
    )


def train(edition: Path, steps: int) -> Trained:
    """A tiny random CLIP trained on the CPU; the same losses each time on the same machine.

    The loader is open_clip_train's, in the fixed order of its validation: in training it shuffles
    by the clock. Keys are digests, so that the order mixes the sources all the same.
    """
    loader, open_clip, torch = map(_module, ("open_clip_train.data", "open_clip", "torch"))
    shard_of = _manifest(edition)
    batch = min(STEP_BATCH, len(shard_of))
    args = _arguments(_notation(edition, shard_of, loader), batch)
    torch.manual_seed(SEED)
    losses = []
    with _listening():
        model, _, preprocess = open_clip.create_model_and_transforms(MODEL)
        tokenizer = open_clip.get_tokenizer(MODEL)
        data = loader.get_wds_dataset(args, preprocess, is_train=False, tokenizer=tokenizer)
        loss_of = open_clip.ClipLoss()
        optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, betas=BETAS, eps=EPSILON)
        start = time.perf_counter()
        for images, texts in islice(_whole(data.dataloader, batch), steps):
            optimizer.zero_grad()
            loss = loss_of(*model(images, texts))
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    return Trained(tuple(losses), batch, math.log(batch), time.perf_counter() - start)


def _whole(loader: Any, batch: int) -> Iterator[tuple[Any, Any]]:
    """Batches without end, none smaller than `batch`; an error where there is not even one."""
    while True:
        given = 0
        for images, texts in loader:
            if len(images) == batch:
                given += 1
                yield images, texts
        if not given:
            fix = "Run train-check without --steps: it names what the loader leaves out"
            raise CuratorError(f"the loader gives less than one batch of {batch}", fix)


def _one_pass(where: str, loader: ModuleType) -> Iterator[Mapping[str, Any]]:
    """The samples of one epoch with their keys, through every stage but the last two.

    Those make bare tuples and batches, and drop what does not fill a batch.
    """
    args = _arguments(where, 1)
    data = loader.get_wds_dataset(args, lambda _: 0, is_train=True, tokenizer=lambda _: (0,))
    try:
        stages = data.dataloader.pipeline[0].dataset.pipeline[:-2]
        for sample in _module("webdataset").DataPipeline(*stages):
            yield {name: sample[name] for name in ("__key__", "__url__")}
    except (AttributeError, KeyError, TypeError) as error:
        fix = "Install the version that was tested: pip install 'open_clip_torch[training]==3.3.0'"
        raise MachineError("this open_clip_train has a loader of another make", fix) from error


def _arguments(where: str, batch: int) -> SimpleNamespace:
    """The options of open_clip_train that its loader reads: one process, no workers."""
    return SimpleNamespace(
        train_data=where,
        val_data=where,
        train_num_samples=1,  # one pass is read whatever it says; unset, sizes.json must be sound
        val_num_samples=None,
        train_data_upsampling_factors=None,
        batch_size=batch,
        workers=0,
        world_size=1,
        seed=SEED,
    )


def _manifest(edition: Path) -> dict[str, str]:
    """The shard of every key; there is at least one."""
    path = edition / "manifest" / "part-00000.parquet"
    try:
        table = pq.read_table(path, columns=["key", "shard"])
        if not table.num_rows:
            raise ValueError("no rows")  # noqa: TRY301  (an edition has at least one pair)
    except (OSError, ValueError) as error:
        fix = "Name the folder of an edition"
        raise CuratorError("the manifest cannot be read", fix, str(edition)) from error
    return dict(zip(table["key"].to_pylist(), table["shard"].to_pylist(), strict=True))


def _notation(edition: Path, shard_of: Mapping[str, str], loader: ModuleType) -> str:
    """All shards as one argument, proven to mean these very files to the loader."""
    folder, names = (edition / "shards").resolve(), sorted(set(shard_of.values()))
    where = notation(str(folder), names)
    try:
        meant, _ = loader.expand_urls(where)
    except AssertionError:  # its word for a ${variable} that is not set
        meant = []
    if meant != [f"{folder}/{name}.tar" for name in names]:
        fix = "Move the edition to a folder without :: and ${ in its path"
        raise CuratorError("open_clip_train cannot read from a path like this", fix, str(edition))
    return where


def _sizes(edition: Path, shards: Mapping[str, int]) -> Iterator[str]:
    """Where sizes.json says something else than the loader gives."""
    try:
        said = json.loads((edition / "shards" / "sizes.json").read_bytes())
    except (OSError, ValueError):
        said = None
    if not isinstance(said, dict):
        yield "sizes.json is missing or cannot be read"
        return
    for name, loaded in shards.items():
        if said.get(f"{name}.tar") != loaded:
            listed = said.get(f"{name}.tar", "nothing")
            yield f"sizes.json says {listed} for {name}.tar; the loader gives {loaded}"


@contextmanager
def _listening() -> Iterator[list[str]]:
    """Collects what open_clip logs, which would otherwise go to stderr line by line."""
    said: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger().addHandler(handler)
    try:
        yield said
    finally:
        logging.getLogger().removeHandler(handler)


def _module(name: str) -> ModuleType:
    """A module of the extra `train`, imported so that nothing in it asks the network."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    # where threads wait by spinning, another busy process makes a step ten times slower (measured)
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    # open_clip_train imports pandas, for lists that are none of ours
    with_pandas()  # open_clip_train reads tables with it
    try:
        return import_module(name)
    except ImportError as error:
        fix = "pip install 'optin-curator[train]'; CONTRIBUTING.md has the recipe for a CPU"
        raise MachineError(f"{name} is not installed ({error})", fix) from error
    except RuntimeError as error:
        if "torchvision::" not in str(error):
            raise
        fix = (
            "Install both in one command from PyTorch's own index of CPU builds "
            "(CONTRIBUTING.md), or the GPU builds: pip install 'optin-curator[train]'"
        )
        raise MachineError("torchvision is of another build than torch", fix) from error
