"""What a person reads on the terminal: tables and pages from plain results."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict

from rich.console import Console
from rich.table import Table
from rich.text import Text

from curator.build import Outcome
from curator.core import spdx
from curator.core.license_table import Row
from curator.core.reasons import REASONS
from curator.core.spdx import Reading
from curator.core.text import show
from curator.lookup import Explained, Match
from curator.model import Answer, Evidence, Verdict
from curator.single import Judged
from curator.train import Checked, Trained
from curator.verify import Flaw

SHOWN = 20  # lines of a list that may be as long as an edition; --json has them all
COUNTS = ("gathered", "published", "held", "rejected", "pending", "pairs")


def table(*headers: str) -> Table:
    """A plain table: no lines that a screen reader would read."""
    made = Table(box=None, pad_edge=False, show_edge=False, header_style="bold")
    for number, header in enumerate(headers):
        made.add_column(header, overflow="fold", justify="left" if number == 0 else "default")
    return made


def cells(*values: object) -> tuple[Text, ...]:
    """Foreign text as it is, without its control characters and without markup."""
    return tuple(Text(show(str(value))) for value in values)


def counts(console: Console, outcome: Outcome) -> None:
    """The result of a build: per source, per reason, and where the edition is."""
    found = outcome.counts
    by_source = table("source", *COUNTS)
    for column in by_source.columns[1:]:
        column.justify = "right"
    rows = [*found.sources.items(), ("total", found.total)]
    for name, of in rows:
        by_source.add_row(*cells(name, *(of[kind] for kind in COUNTS)))
    console.print(by_source)
    if found.reasons:
        console.print()
        console.print(reasons(found.reasons))
    console.print()
    if outcome.edition and outcome.already:
        console.print(*cells(f"Nothing to do: {outcome.edition} is this very edition"))
    elif outcome.edition:
        console.print(*cells(f"Edition: {outcome.edition}"))
        console.print(*cells(f"Check it with: curator verify {outcome.edition}"))
    else:
        console.print("No item passed every check, so there is no edition.")
        console.print(
            "Why, item by item: curator explain <work folder> lists what is not published"
        )
        if outcome.standing:
            console.print(*cells(f"An earlier edition still stands unchanged: {outcome.standing}"))


def plan(console: Console, outcome: Outcome) -> None:
    """What the records alone decide."""
    made = table("source", "gathered", "cleared", "held", "rejected")
    for column in made.columns[1:]:
        column.justify = "right"
    found = outcome.counts
    for name, of in [*found.sources.items(), ("total", found.total)]:
        kinds = ("gathered", "published", "held", "rejected")
        made.add_row(*cells(name, *(of[kind] for kind in kinds)))
    console.print(made)
    if found.reasons:
        console.print()
        console.print(reasons(found.reasons))


def judged(console: Console, found: Sequence[Judged]) -> None:
    """Files or texts with their verdicts, and what was found in them."""
    for one in found:
        verdict, reason = one.decision.verdict, one.decision.reason
        words = f"{verdict} ({reason}: {REASONS[reason][1]})" if reason else verdict
        console.print(*cells(f"{one.raw}: {words}"), style="bold")
        said = [e for e in one.evidence if e.answer is not Answer.NO]
        if said:
            console.print(evidence(said))


def reasons(found: Mapping[str, int]) -> Table:
    """Why items are not published, the most frequent first."""
    made = table("reason", "items", "verdict", "meaning")
    made.columns[1].justify = "right"
    for code, number in sorted(found.items(), key=lambda pair: (-pair[1], pair[0])):
        verdict, words = REASONS[code]
        made.add_row(*cells(code, number, verdict, words))
    return made


def flaws(console: Console, found: Sequence[Flaw], edition: object) -> None:
    """The result of verify."""
    if not found:
        console.print(*cells(f"{edition}: every byte, count and digest is as published"))
        return
    made = table("file", "item", "what")
    for flaw in found:
        made.add_row(*cells(flaw.file, flaw.item, flaw.what))
    console.print(made)


def matches(console: Console, found: Sequence[Match]) -> None:
    """The result of find."""
    if not found:
        console.print("Not found. A picture that was cropped or mirrored is not recognised.")
        return
    made = table("item", "key", "how", "distance")
    for match in found:
        made.add_row(*cells(match.item, match.key, match.how, match.distance))
    console.print(made)


def explained(console: Console, found: Explained) -> None:
    """The decision on one item: first the answer, then every piece of evidence."""
    row = found.row
    why = REASONS[found.reason][1] if found.reason else "nothing stands against it"
    console.print(*cells(f"{found.item}: {found.verdict}"), style="bold")
    code = f"{found.reason}: " if found.reason else ""
    console.print(*cells(f"{code}{why}"))
    if found.verdict == Verdict.PUBLISH and "attribution" in row:
        console.print(*cells(row["attribution"]))
    console.print()
    console.print(evidence(e for e in found.evidence if _shown(e)))
    quiet = sorted({f"{e.question} ({e.about})" for e in found.evidence if not _shown(e)})
    if quiet:
        console.print()
        console.print(*cells(f"Looked for and not found: {', '.join(quiet)}"))
    console.print("Every answer with its check: --json")


def unpublished(console: Console, found: Sequence[Explained]) -> None:
    """The items that are not published, by reason."""
    made = table("item", "verdict", "reason", "meaning")
    for one in found:
        words = REASONS[one.reason][1] if one.reason else ""
        made.add_row(*cells(one.item, one.verdict, one.reason, words))
    console.print(made)


def _shown(e: Evidence) -> bool:
    """A missing license is as telling as a found one; every other no is only counted."""
    return e.answer is not Answer.NO or e.question == "license"


def evidence(said: Iterable[Evidence]) -> Table:
    """Evidence, one line each: the question, the answer, and the words it rests on."""
    made = table("about", "question", "answer", "as", "where", "words", "by")
    for e in said:
        made.add_row(*cells(e.about, e.question, e.answer, e.value, e.where, e.quote, e.check))
    return made


def readings(console: Console, found: Sequence[Reading]) -> None:
    """The result of license: what each text means, and how it was understood."""
    for reading in found:
        accepted = "accepted" if reading.accepted else f"not accepted ({reading.reason})"
        name = reading.spdx or "not understood"
        console.print(*cells(f"{reading.raw!r}: {name}, {reading.cls}, {accepted}"), style="bold")
        console.print(*cells(f"  {reading.why}"))
        for step in reading.steps:
            console.print(*cells(f"  - {step}"))


def license_rows(rows: Sequence[Row]) -> list[dict[str, object]]:
    """The license table as JSON has it."""
    return [
        {"id": r.id, "class": r.cls, "accepted": r.accepted, "why": r.why, "url": spdx.url(r.id)}
        for r in rows
    ]


def licenses(console: Console, rows: Sequence[Row]) -> None:
    """The license table for people."""
    made = table("license", "class", "accepted", "why not, or address")
    for row in rows:
        words = spdx.url(row.id) if row.accepted else row.why
        made.add_row(*cells(row.id, row.cls, "yes" if row.accepted else "no", words))
    console.print(made)


def training(console: Console, checked: Checked, trained: Trained | None) -> None:
    """The result of train-check: what loads, what does not, how to train, what a training shows."""
    console.print(
        f"{checked.pairs} pairs in the manifest; open_clip's loader gives {checked.loaded}"
    )
    for words, found in (
        ("does not load", checked.missing),
        ("loads and is not in the manifest, or loads twice", checked.extra),
        ("sizes.json", checked.sizes),
        ("the loader says", checked.said),
    ):
        for one in found[:SHOWN]:
            console.print(*cells(f"  {words}: {one}"))
        if len(found) > SHOWN:
            console.print(f"  … and {len(found) - SHOWN} more; --json has them all")
    if checked.fits:
        made = table("workers", "largest batch")
        for fit in checked.fits:
            made.add_row(*cells(fit.workers, fit.batch))
        console.print()
        console.print(made)
        console.print("With more of either, open_clip_train stops, or waits for ever.")
        console.print()
        console.print(Text(checked.command), soft_wrap=True)
        console.print("This is one epoch of a tiny model on the CPU; put your own --model there.")
    if trained:
        console.print()
        console.print(
            f"{len(trained.losses)} steps of {trained.batch} pairs in {trained.seconds:.1f} s: loss"
            f" {trained.losses[0]:.2f} at first, {trained.losses[-1]:.2f} at last;"
            f" guessing gives ln({trained.batch}) = {trained.chance:.2f}"
        )


def training_facts(checked: Checked, trained: Trained | None) -> dict[str, object]:
    """The result of train-check as JSON has it."""
    return {
        "ok": checked.sound,
        "pairs": checked.pairs,
        "loaded": checked.loaded,
        "shards": dict(checked.shards),
        "missing": checked.missing,
        "extra": checked.extra,
        "sizes": checked.sizes,
        "said": checked.said,
        "legal": [asdict(fit) for fit in checked.fits],
        "command": checked.command,
        "training": asdict(trained) if trained else None,
    }
