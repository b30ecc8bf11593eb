"""inspect: open each image once, let every check see the same view, keep the image as published."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any

from curator import __version__, data
from curator.core.container import facts
from curator.core.ids import fingerprint, sha256
from curator.core.pdq import pdq
from curator.core.reasons import REASONS
from curator.io.decode import Opened, Refusal, normalise, open_image
from curator.io.local import Refused, locate
from curator.io.store import Store, table_of, written
from curator.model import Answer, Evidence, Ground, Needs, Strength, quote
from curator.schema import INSPECTED
from curator.steps.rows import Slice, lines, look, to_candidate, versions
from curator.terms import Limits, Terms
from curator.view import View

BATCH_PIXELS = 16_000_000  # px in memory at a time, 3 bytes each: a worker stays under 250 MB


@dataclass(frozen=True, slots=True)
class Bounds:
    """What holds for all images of a build."""

    max_side: int  # px
    date: str  # of the snapshot


@dataclass(frozen=True, slots=True)
class Job:
    """All that a worker is told: file names and bounds."""

    candidates: Path
    fetched: Path
    root: Path
    terms: Terms
    limits: Limits
    max_side: int  # px
    date: str  # of the snapshot
    table: Path

    @property
    def blob(self) -> Path:
        """Where the stored images lie, one behind the other."""
        return self.table.with_suffix(".images")


@dataclass(slots=True)
class _Opening:
    """One image on its way through the batch."""

    row: int
    sha256: str
    view: View
    body: bytes = b""
    evidence: list[Evidence] = field(default_factory=list)
    opened: Opened | None = None

    @property
    def stopped(self) -> bool:
        """Something certain stands against it: it need not be decoded, nor stored."""
        return any(
            e.question in REASONS and e.answer is Answer.YES and e.strength is not Strength.WEAK
            for e in self.evidence
        )


def job_of(part: Slice, fetched: Path, bounds: Bounds, store: Store) -> Job:
    """The job of one slice; a table of its name is a job done."""
    source = part.source
    checks = versions(Needs.BYTES, Needs.PIXELS)
    limits = source.limits.of_images()
    depends = (part.digest, fetched.name, source.terms, limits, bounds, checks)
    path = store.path(
        "inspect", part.name, fingerprint("inspect", *depends, data.digest(), __version__)
    )
    where = (part.path, fetched, source.root)
    return Job(*where, source.terms, limits, bounds.max_side, bounds.date, path)


def inspect(job: Job) -> Path:
    """Write the job's table and blob of images; opens no socket and decides nothing."""
    store = Store(job.table.parent.parent)
    wanted = store.load(job.fetched).to_pylist()
    candidates = store.load(job.candidates).to_pylist()
    wanted = [
        row | {"record": candidates[row["row"]]}
        for row in wanted
        if row["cleared"] and row["sha256"]
    ]
    size = max(1, BATCH_PIXELS // job.max_side**2)
    rows: list[dict[str, Any]] = []
    with written(job.blob) as blob:
        for start in range(0, len(wanted), size):
            batch = _look(job, wanted[start : start + size])
            rows += [_row(image, job.max_side, blob) for image in batch]
    return store.save(job.table, table_of(INSPECTED, rows))


def _look(job: Job, wanted: Sequence[dict[str, Any]]) -> Iterator[_Opening]:
    """Open a batch and ask every check; what is stopped by its bytes is not decoded."""
    batch = [_read(job, row) for row in wanted]
    for image, said in zip(batch, look(Needs.BYTES, [i.view for i in batch]), strict=True):
        image.evidence += said
    for image in batch:
        if not image.stopped:
            _decode(image, job.max_side)
    seen = [image for image in batch if image.opened]
    if seen:
        for image, said in zip(seen, look(Needs.PIXELS, [i.view for i in seen]), strict=True):
            image.evidence += said
    yield from batch


def _read(job: Job, row: dict[str, Any]) -> _Opening:
    view = View(
        to_candidate(row["record"]), job.terms, job.limits, sha256=row["sha256"], date=job.date
    )
    try:
        body = locate(job.root, row["path"]).read_bytes()
    except (OSError, Refused):
        body = b""
    image = _Opening(row["row"], row["sha256"], replace(view, facts=facts(body)), body)
    if sha256(body) != row["sha256"]:
        image.evidence.append(_found("fetch.changed", "the file changed while the build ran"))
    return image


def _decode(image: _Opening, max_side: int) -> None:
    assert image.view.facts  # noqa: S101  (set by _read)
    opened = open_image(image.body, image.view.facts, max_side)
    if isinstance(opened, Refusal):
        image.evidence.append(_found(opened.reason, opened.detail))
    else:
        image.opened = opened
        image.view = replace(image.view, pixels=opened.pixels)


def _row(image: _Opening, max_side: int, blob: IO[bytes]) -> dict[str, Any]:
    facts_ = image.view.facts
    row: dict[str, Any] = {
        "row": image.row,
        "sha256": image.sha256,
        "media_type": facts_.media_type if facts_ else "",
        "offset": blob.tell(),
        "length": 0,
        "changes": [],
    }
    if image.opened and facts_ and not image.stopped:
        stored = normalise(image.body, facts_, image.opened, max_side)
        blob.write(stored.body)
        bits, quality = pdq(image.opened.pixels.rgb)
        row |= {
            "length": len(stored.body),
            "stored_sha256": sha256(stored.body),
            "width": stored.width,
            "height": stored.height,
            "pdq": bits,
            "pdq_quality": quality,
            "rgb": [round(c, 2) for c in image.opened.mean],
            "changes": list(stored.changes),
        }
    row["evidence"] = lines(image.evidence)
    return row


def _found(reason: str, words: str) -> Evidence:
    return Evidence(
        "image", "inspect.open@1", reason, Answer.YES, Ground.MEASURED, quote=quote(words)
    )
