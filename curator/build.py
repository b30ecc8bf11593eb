"""The composition root: the ordered steps, what each depends on, and what a run leaves behind."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, cast

from curator import disclosure
from curator.core import shards, spdx
from curator.core.captions import Wanted
from curator.core.ids import fingerprint
from curator.core.obligations import mix
from curator.core.policy import Policy
from curator.core.reviews import Reviews
from curator.core.source_rules import contradiction
from curator.errors import Fault, InputError, MachineError, RecipeError
from curator.io import engine
from curator.io.files import read as read_file
from curator.io.local import answer
from curator.io.reviews import load
from curator.io.snapshot import Snapshot, digest
from curator.io.store import Store, locked
from curator.model import LicenseClass
from curator.recipe import Recipe, SourceEntry
from curator.recipe_file import parse
from curator.sources.base import CONNECTORS, Options
from curator.steps.clear import Clock, clear, decisions
from curator.steps.clock import kept_looks, note
from curator.steps.fetch import fetch
from curator.steps.gather import crawl, gather
from curator.steps.inspect import Bounds, Job, inspect, job_of
from curator.steps.publish import Partial, Plan, Tables, export, seal, write_tables
from curator.steps.rows import Announce, Declared, Slice
from curator.steps.settle import Seen, settle_all

MOST = 2 << 20  # bytes: twice what the recipe loader takes, so that it can say so


@dataclass(frozen=True, slots=True)
class Order:
    """What the user asked for."""

    recipe: Path
    out: Path | None = None
    work: Path | None = None
    workers: int = 0  # 0 = as many as there are processors
    refresh: bool = False
    announce: Announce = lambda _step, _done, _total: None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the candidates, and where the edition is, if there is one."""

    edition: Path | None
    counts: disclosure.Counts
    standing: Path | None = None  # an earlier edition of this name, where there is no new one
    already: bool = False  # the same edition was there before


def read(path: Path) -> Recipe:
    """The recipe of this path; every fault at once as RecipeError."""
    text = read_file(path, MOST, "Write a recipe there, or name another")
    found = parse(text, path.name, connectors(), lambda raw: spdx.read(raw).spdx is not None)
    fix = "Leave `not_ai` out, or let its `proof` name a page that states such a rule"
    said = ((e.id, contradiction(e.terms().not_ai, e.proof)) for e in found.sources)
    faults = [Fault(f"`not_ai` of {name} {words}", fix, path.name) for name, words in said if words]
    if faults:
        raise RecipeError.of(tuple(faults))
    bases = {entry.id: entry.basis for entry in found.sources if entry.enabled}
    accept = frozenset(LicenseClass(name) for name in found.policy.accept)
    if fault := mix(found.dataset.license, accept, bases):
        raise RecipeError.of((replace(fault, file=path.name),))
    return found


def connectors() -> dict[str, type[Options]]:
    """The keys that each connector adds to a source."""
    return {name: connector.options for name, connector in CONNECTORS.all().items()}


def declared(recipe: Recipe, entry: SourceEntry, base: Path) -> Declared:
    """One source as the steps see it."""
    admits = recipe.policy
    accept = frozenset(LicenseClass(name) for name in admits.accept)
    policy = Policy(
        entry.basis,
        accept,
        frozenset(admits.ai_admit),
        admits.predates_before,
        frozenset(admits.pd_scope),
    )
    root = (base / entry.folder).resolve()
    if not root.is_dir():
        fix = f"Correct `path` of the source {entry.id!r}; it is relative to the recipe"
        raise RecipeError(f"there is no folder {entry.folder!r}", fix, str(base / entry.folder))
    return Declared(entry.terms(), policy, recipe.limits(), root, reviewed(recipe, base))


def reviewed(recipe: Recipe, base: Path) -> Reviews:
    """People's recorded answers; RecipeError names file and line."""
    return load(base, [record.path for record in recipe.policy.reviews])


def candidates(recipe: Recipe, base: Path, store: Store) -> Iterator[Slice]:
    """The slices of every enabled source, in the order of source ids."""
    for entry in sorted(recipe.sources, key=lambda entry: entry.id):
        if entry.enabled:
            source = declared(recipe, entry, base)
            options = cast("Options", entry.options).placed(entry.folder)
            opened = CONNECTORS.all()[entry.connector].open(source.terms, options)
            found = crawl(opened, partial(answer, source.root, recipe=base))
            yield from gather(source, _limited(found, entry.limit), store)


def _limited(found: Iterator[Any], limit: int | None) -> Iterator[Any]:
    for number, each in enumerate(found):
        if limit is not None and number >= limit:
            return
        yield each


def plan(order: Order) -> Outcome:
    """What would be gathered and cleared; nothing is fetched, and nothing is kept."""
    recipe = read(order.recipe)
    base = order.recipe.resolve().parent
    with tempfile.TemporaryDirectory(prefix="curator-plan-") as folder:
        run = _Run(order, recipe, base, Store(Path(folder)), Snapshot.now())
        return Outcome(None, disclosure.count(_planned(run), recipe))


def _planned(run: "_Run") -> Iterator[dict[str, Any]]:
    """The decision on each record, slice by slice; a slice that is counted is deleted."""
    done = 0
    for part in candidates(run.recipe, run.base, run.store):
        yield from decisions(part, clear(part, Clock(run.snapshot.date), run.store), run.store)
        run.store.prune(set())
        done += part.rows
        run.order.announce("gather, clear", done, 0)


def build(order: Order) -> Outcome:
    """Run the six steps; what an earlier run finished is not done again."""
    recipe = read(order.recipe)
    base = order.recipe.resolve().parent
    store = Store((order.work or base / ".curator").resolve())
    name = f"{recipe.dataset.name}-{recipe.dataset.version}"
    out = _place(order.out or base / "editions" / name)
    try:
        with locked(store.root):
            snapshot = Snapshot.of(store.root, refresh=order.refresh)
            return _build(_Run(order, recipe, base, store, snapshot), out)
    except OSError as error:
        words = error.strerror or str(error)
        fix = "Free space, or give a folder that may be written with --work and --out"
        raise MachineError(words, fix, str(error.filename or store.root)) from error


def _place(out: Path) -> Path:
    """Where the edition goes: a new folder, or one that holds an edition."""
    fix = "Give --out a folder that does not exist yet"
    try:
        place = out.resolve()
        taken = place.exists() and not (place / "edition.json").exists()
    except (OSError, RuntimeError) as error:  # a circle of links
        raise InputError("cannot be the place of an edition", fix, str(out)) from error
    if taken or not place.name:
        raise InputError("exists and is no edition", fix, str(out))
    return place


@dataclass(frozen=True, slots=True)
class _Run:
    """One build under way."""

    order: Order
    recipe: Recipe
    base: Path  # the recipe's folder
    store: Store
    snapshot: Snapshot


def _build(run: _Run, out: Path) -> Outcome:
    recipe, store, announce = run.recipe, run.store, run.order.announce
    seen = list(_inspected(run))
    announce("settle", 0, 0)
    wanted = Wanted(
        languages=recipe.languages,
        per_image=recipe.captions.per_image,
        max_tokens=recipe.captions.max_tokens,
    )
    settled = settle_all(seen, wanted, recipe.captions.max_same, store)
    names = [name for s in seen for name in (s.cleared.name, s.inspected.name)]
    kept = store.path("settle", "items", fingerprint(*names, recipe))
    store.save(kept, settled)
    columns = ["item", "verdict", "reason", "samples"]
    counts = disclosure.count(settled.select(columns).to_pylist(), recipe)
    announce("publish", 0, 0)
    outcome = Outcome(None, counts, out if out.exists() else None)
    if counts.total["pairs"]:
        outcome = _publish(run, seen, (settled, counts, out))
    store.prune(
        {
            kept,
            *note(seen, run.snapshot.date, store),
            *(path for each in seen for path in each.paths),
        }
    )
    return outcome


def _fetched(run: _Run) -> Iterator[tuple[Slice, Path, Path, Job]]:
    """gather, clear and fetch, slice by slice."""
    done, store, recipe = 0, run.store, run.recipe
    day = run.snapshot.date
    bounds = Bounds(recipe.images.max_side, day)
    # Every source is local so far: its records are the operator's own, and a change in them is a
    # correction. `captures` of earlier snapshots count for what a service said (steps/clock.py).
    clock = Clock(day)
    for part in candidates(recipe, run.base, store):
        cleared = clear(part, clock, store)
        fetched = fetch(part, cleared, recipe.network.max_bytes, store)
        done += part.rows
        run.order.announce("gather, clear, fetch", done, 0)
        yield part, cleared, fetched, job_of(part, fetched, bounds, store)


def _inspected(run: _Run) -> Iterator[Seen]:
    """Inspect what is not done yet on all workers, while the rest is still being gathered."""
    parts: list[tuple[Slice, Path, Path, Job]] = []

    def todo() -> Iterator[Job]:
        for part in _fetched(run):
            parts.append(part)
            if not part[-1].table.exists():
                yield part[-1]

    workers = run.order.workers or os.cpu_count() or 1
    for done, (job, result) in enumerate(engine.run(inspect, todo(), workers), start=1):
        if isinstance(result, engine.Lost):
            fix = "Run again: finished work is kept. With --workers 1 the file shows itself"
            raise MachineError(f"a worker ended: {result.why}", fix, job.table.name)
        run.order.announce("inspect", done, len(parts))
    for part, cleared, fetched, job in parts:
        yield Seen(part, cleared, fetched, job.table)


def _publish(run: _Run, seen: Sequence[Seen], made: tuple[Any, disclosure.Counts, Path]) -> Outcome:
    """Write the edition beside its place, and move it there if it is new."""
    recipe, store = run.recipe, run.store
    settled, counts, out = made
    beside = out.with_name(out.name + ".partial")
    shutil.rmtree(beside, ignore_errors=True)
    bits = shards.bits(counts.total["pairs"], recipe.shards.samples)
    recipe_digest = disclosure.recipe_digest(recipe, reviewed(recipe, run.base).digest)
    plan = Plan(recipe_digest, bits, recipe.policy.ledger == "full")
    sizes = write_tables(beside, settled.to_pylist(), Tables(seen, store.load), plan)
    facts = disclosure.facts(recipe, counts, run.snapshot.date, sizes)
    export(Partial(beside, facts))
    tables = ((each.part.path, each.fetched) for each in seen)
    held = digest(tables, kept_looks(settled), store.load)
    pinned = disclosure.Pinned(recipe_digest, held, bits)
    sealed = seal(beside, disclosure.edition(facts, pinned))
    if not out.exists():
        beside.rename(out)
        return Outcome(out, counts)
    shutil.rmtree(beside)
    if disclosure.digest_of(out) == sealed:
        return Outcome(out, counts, already=True)
    raise RecipeError(
        f"the edition {out.name} exists and would change",
        "Raise `version` under `dataset`: an edition that exists is never rewritten",
        str(run.order.recipe),
    )
