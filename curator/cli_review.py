"""The commands `review` and `audit`: parse, call, print, exit code; no logic."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from curator.terminal import out, print_json

if TYPE_CHECKING:
    from curator.review_sheet import Sheet

app = typer.Typer()

Port = Annotated[int, typer.Option(min=0, max=65_535, help="0 = any port that is free.")]
Answers = Annotated[Path | None, typer.Option(help="The file that takes the answers.")]


@app.command()
def review(
    work: Annotated[Path, typer.Argument(help="The work folder of a build, .curator.")],
    *,
    port: Port = 0,
    answers: Answers = None,
) -> None:
    """Show what is held on a local page, and keep a person's answers for `policy.reviews`."""
    from curator import review as logic  # noqa: PLC0415  (the other commands start without it)

    sheet = logic.sheet(work, answers)
    _show(sheet, port)
    out().print(
        f"Answers: {sheet.done}, in {sheet.answers}",
        "Name that file in the recipe, and build again: policy: {reviews: [{path: …}]}",
        sep="\n",
        markup=False,
        soft_wrap=True,
    )


@app.command()
def audit(  # noqa: PLR0913  (typer's way of naming options)
    edition: Annotated[Path, typer.Argument(help="The folder of an edition.")],
    *,
    sample: Annotated[int, typer.Option(min=1, help="Pairs to draw.")] = 100,
    seed: Annotated[int, typer.Option(help="Which draw; the same seed draws the same.")] = 0,
    answers: Answers = None,
    report: Annotated[bool, typer.Option("--report", help="Only print the rates.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON document on stdout.")
    ] = False,
    port: Port = 0,
) -> None:
    """Ask a person about a seeded sample of pairs, and print rates with Wilson intervals."""
    from curator import audit as logic  # noqa: PLC0415

    if not report:
        _show(logic.sheet(edition, sample, seed, answers), port, stderr=as_json)
    found = logic.report(edition, answers)
    if as_json:
        print_json(logic.as_json(found))
    else:
        for line in logic.lines(found):
            out().print(line, markup=False, soft_wrap=True)


def _show(sheet: "Sheet", port: int, *, stderr: bool = False) -> None:
    """The page, where there is anything to ask."""
    from curator.review_page import serve  # noqa: PLC0415

    def announce(address: str) -> None:
        typer.echo(f"{len(sheet.cards)} to answer. Open {address}", err=stderr)

    if sheet.cards:
        serve(sheet, port, announce)
    else:
        typer.echo("Nothing to answer.", err=stderr)
