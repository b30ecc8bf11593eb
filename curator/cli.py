"""The commands: parse, call, print, exit code; no logic."""

import sys
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from curator import __version__, cli_consent, cli_review
from curator.terminal import Bar, guarded, out, print_json, texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curator.single import Judged

app = typer.Typer(
    name="curator",
    help="Build image-text datasets in which every pair has a proof that it may be used.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(cli_consent.app)
app.add_typer(cli_review.app)
FINDING, PENDING = 1, 3  # exit codes beside those of errors.py

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document on stdout.")]
Recipe = Annotated[Path, typer.Argument(help="The recipe.", show_default=True)]
FromFile = Annotated[
    Path | None, typer.Option("--from", help="A file, one per line (- = standard input).")
]
Edition = Annotated[Path, typer.Argument(help="The folder of an edition.")]


class Engine(StrEnum):
    """What runs the heavy step."""

    LOCAL = "local"


def _version(value: bool) -> None:
    if value:
        sys.stdout.write(f"curator {__version__}\n")
        raise typer.Exit


@app.callback()
def _main(
    _version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


@app.command()
def build(
    recipe: Recipe = Path("sources.yaml"),
    out_: Annotated[
        Path | None,
        typer.Option("--out", help="The edition; editions/<name>-<version> if not given."),
    ] = None,
    work: Annotated[
        Path | None, typer.Option(help="The work folder; .curator beside the recipe if not given.")
    ] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Open no connection.")] = False,
    refresh: Annotated[bool, typer.Option("--refresh", help="Take a new snapshot.")] = False,
    engine: Annotated[Engine, typer.Option(help="What runs the heavy step.")] = Engine.LOCAL,
    workers: Annotated[int, typer.Option(min=0, help="0 = one per processor.")] = 0,
    as_json: Json = False,
) -> None:
    """Gather, check and publish an edition; run again after an interruption to go on."""
    from curator import disclosure, report  # noqa: PLC0415  (the other commands start without it)
    from curator.build import Order  # noqa: PLC0415
    from curator.build import build as run  # noqa: PLC0415

    del offline, engine  # no source opens a connection yet, and there is one engine
    with Bar() as announce:
        outcome = run(Order(recipe, out_, work, workers, refresh, announce))
    if as_json:
        print_json(disclosure.as_json(outcome.counts, outcome.edition))
    else:
        report.counts(out(), outcome)
    if not outcome.edition:
        raise typer.Exit(FINDING)
    if outcome.counts.total["pending"]:
        raise typer.Exit(PENDING)


@app.command()
def verify(edition: Edition, as_json: Json = False) -> None:
    """Check every byte, count and digest of an edition, offline."""
    from curator import report  # noqa: PLC0415
    from curator.verify import verify as run  # noqa: PLC0415

    flaws = run(edition)
    if as_json:
        print_json({"ok": not flaws, "faults": [asdict(flaw) for flaw in flaws]})
    else:
        report.flaws(out(), flaws, edition)
    if flaws:
        raise typer.Exit(FINDING)


@app.command()
def find(
    edition: Edition,
    image: Annotated[Path | None, typer.Option(help="A file: the same bytes, or alike.")] = None,
    creator: Annotated[str, typer.Option(help="A name, or part of it.")] = "",
    url: Annotated[str, typer.Option(help="The address of a page or file.")] = "",
    title: Annotated[str, typer.Option(help="A title, or part of it.")] = "",
    as_json: Json = False,
) -> None:
    """Am I in it, and as what: by file, creator, address or title."""
    from curator import report  # noqa: PLC0415
    from curator.lookup import Wanted  # noqa: PLC0415
    from curator.lookup import find as run  # noqa: PLC0415

    given = [name for name in (image, creator, url, title) if name]
    if len(given) != 1:
        raise typer.BadParameter("Give one of --image, --creator, --url, --title.")
    matches = run(edition, Wanted(image, creator, url, title))
    if as_json:
        print_json({"matches": [asdict(match) for match in matches]})
    else:
        report.matches(out(), matches)
    if not matches:
        raise typer.Exit(FINDING)


@app.command()
def explain(
    where: Annotated[Path, typer.Argument(help="An edition, or the work folder of a build.")],
    item: Annotated[
        str, typer.Argument(help="The item's id, or the key of a pair; without it, a list.")
    ] = "",
    as_json: Json = False,
) -> None:
    """All evidence and the decision for one item; without an item, all that is not published."""
    from curator import lookup, report  # noqa: PLC0415

    if not item:
        found = lookup.unpublished(where)
        if as_json:
            print_json([one.said() for one in found])
        else:
            report.unpublished(out(), found)
        return
    one = lookup.explain(where, item)
    if as_json:
        print_json(one.said() | {"evidence": [asdict(e) for e in one.evidence]})
    else:
        report.explained(out(), one)


@app.command(name="license")
def license_(
    text: Annotated[list[str] | None, typer.Argument(help="License texts or URLs.")] = None,
    from_: FromFile = None,
    as_json: Json = False,
) -> None:
    """What a license text or URL means: SPDX id, class, accepted or not, and why."""
    from curator import report  # noqa: PLC0415
    from curator.core import spdx  # noqa: PLC0415

    readings = [spdx.read(raw) for raw in texts(text, from_)]
    if as_json:
        print_json(
            [
                {"raw": r.raw, "spdx": r.spdx, "class": r.cls, "accepted": r.accepted, "why": r.why}
                for r in readings
            ]
        )
    else:
        report.readings(out(), readings)
    if not all(reading.accepted for reading in readings):
        raise typer.Exit(FINDING)


@app.command()
def plan(recipe: Recipe = Path("sources.yaml"), as_json: Json = False) -> None:
    """What would be gathered and cleared; downloads nothing and keeps nothing."""
    from curator import disclosure, report  # noqa: PLC0415
    from curator.build import Order  # noqa: PLC0415
    from curator.build import plan as run  # noqa: PLC0415

    with Bar() as announce:
        outcome = run(Order(recipe, announce=announce))
    if as_json:
        print_json(disclosure.as_json(outcome.counts, None))
    else:
        report.plan(out(), outcome)


@app.command()
def inspect(
    files: Annotated[list[Path], typer.Argument(help="Image files.")], as_json: Json = False
) -> None:
    """What evidence lies in these image files, and the verdict it gives; no recipe, no dates."""
    from curator.single import inspect_files  # noqa: PLC0415

    _judged(list(inspect_files(files)), "file", as_json)


@app.command()
def captions(
    text: Annotated[list[str] | None, typer.Argument(help="Captions.")] = None,
    from_: FromFile = None,
    as_json: Json = False,
) -> None:
    """Which of these texts is no human caption, and by what evidence."""
    from curator.single import judge_captions  # noqa: PLC0415

    _judged(list(judge_captions(texts(text, from_))), "raw", as_json)


def _judged(found: "Sequence[Judged]", name: str, as_json: bool) -> None:
    from curator import report  # noqa: PLC0415

    if as_json:
        print_json(
            [
                {
                    name: one.raw,
                    "verdict": one.decision.verdict,
                    "reason": one.decision.reason,
                    "evidence": [asdict(e) for e in one.evidence],
                }
                for one in found
            ]
        )
    else:
        report.judged(out(), found)
    if any(one.decision.reason for one in found):
        raise typer.Exit(FINDING)


@app.command(name="train-check")
def train_check(
    edition: Edition,
    steps: Annotated[
        int, typer.Option(min=0, help="Then train a tiny model on the CPU, this many steps.")
    ] = 0,
    as_json: Json = False,
) -> None:
    """Count the pairs with open_clip's own loader, and print the command that trains on them."""
    from curator import report  # noqa: PLC0415
    from curator.train import check, train  # noqa: PLC0415

    checked = check(edition)
    trained = train(edition, steps) if steps and checked.sound else None
    if as_json:
        print_json(report.training_facts(checked, trained))
    else:
        report.training(out(), checked, trained)
    if not checked.sound:
        raise typer.Exit(FINDING)


@app.command()
def licenses(as_json: Json = False) -> None:
    """The license table: every license curator knows, and whether it is accepted."""
    from curator import report  # noqa: PLC0415
    from curator.core import spdx  # noqa: PLC0415

    rows = spdx.table()
    if as_json:
        print_json(report.license_rows(rows))
    else:
        report.licenses(out(), rows)


class Document(StrEnum):
    """What has a schema."""

    RECIPE = "recipe"
    CONSENT = "consent"


@app.command()
def schema(
    of: Annotated[Document, typer.Argument(help="Which document.")] = Document.RECIPE,
) -> None:
    """The JSON Schema of sources.yaml or of a consent record, for editors."""
    from curator import consenting  # noqa: PLC0415
    from curator.build import connectors  # noqa: PLC0415
    from curator.recipe_file import json_schema  # noqa: PLC0415

    consent = of is Document.CONSENT
    print_json(consenting.json_schema() if consent else json_schema(connectors()))


def main() -> None:
    """The entry point of both command names; never a traceback for what a user can cause."""
    sys.exit(guarded(app))
