"""The commands of `curator consent`: parse, call, print, exit code; no logic."""

from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from curator.terminal import out, print_json

app = typer.Typer(
    name="consent",
    help="Signed records in which creators allow the use of their works, and end it.",
    no_args_is_help=True,
)
FINDING = 1  # exit code

Record = Annotated[Path, typer.Argument(help="The record, a JSON file.")]
KeyFile = Annotated[Path, typer.Option("--key", help="The private key, a .key file.")]


class Role(StrEnum):
    """Who signs."""

    CREATOR = "creator"
    GUARDIAN = "guardian"
    CO_AUTHOR = "co-author"


@app.command()
def new(  # noqa: PLR0913  (typer's way of naming options)
    folder: Annotated[Path, typer.Argument(help="A folder with the images.")],
    *,
    creator: Annotated[str, typer.Option(help="The creator's name as it is to be credited.")],
    out_: Annotated[Path, typer.Option("--out", help="The record to write, *.json.")],
    contact: Annotated[str, typer.Option(help="The creator's address; stays private.")] = "",
    revocation: Annotated[str, typer.Option(help="Where a revocation is to be sent.")] = "",
    not_ai_made: Annotated[
        bool, typer.Option("--not-ai-made", help="State that no generative AI made the works.")
    ] = False,
) -> None:
    """Write an unsigned record of the images in a folder, and a fresh private key beside it."""
    from curator import consenting  # noqa: PLC0415  (the other commands start without it)

    draft = consenting.Draft(creator, contact, revocation, not_ai_made)
    number, key = consenting.new(folder, draft, out_)
    out().print(f"Works named: {number}", f"Record: {out_}", f"Private key: {key}", sep="\n")
    out().print("Keep the key: it signs, and it revokes. Read the record, fill in what is empty,")
    out().print(f"then sign it: curator consent sign {out_} --key {key}", soft_wrap=True)


@app.command()
def key(out_: Annotated[Path, typer.Option("--out", help="The key file to write.")]) -> None:
    """Make a key for a guardian or a co-author; prints the public half for the record."""
    from curator import consenting  # noqa: PLC0415

    out().print(consenting.new_key(out_), soft_wrap=True)


@app.command()
def sign(record: Record, *, key_: KeyFile, role: Role = Role.CREATOR) -> None:
    """Sign the record in its place; whoever signs reads it first."""
    from curator import consenting  # noqa: PLC0415

    found = consenting.sign(record, key_, role.value)
    missing = len(found.signers()) - len(found.signatures)
    out().print(f"Signed {found.id} as {role}; signatures still missing: {missing}")


@app.command()
def verify(
    record: Record,
    *,
    file: Annotated[list[Path] | None, typer.Option(help="An image that it should cover.")] = None,
    revocations: Annotated[Path | None, typer.Option(help="A folder of revocations.")] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON document on stdout.")
    ] = False,
) -> None:
    """Check today whether a record holds, and whether it covers these files."""
    from curator import consenting  # noqa: PLC0415

    found = consenting.verify(record, file or (), revocations)
    if as_json:
        said = found.consent
        about = {"id": said.id if said else None, "sha256": found.digest, "covers": found.covered}
        print_json(
            {"ok": not found.flaws, "faults": [asdict(flaw) for flaw in found.flaws]} | about
        )
    else:
        for line in consenting.lines(found):
            out().print(line, markup=False, soft_wrap=True)
    if found.flaws:
        raise typer.Exit(FINDING)


@app.command()
def revoke(
    record: Record,
    *,
    key_: KeyFile,
    out_: Annotated[Path, typer.Option("--out", help="The revocation to write, *.json.")],
) -> None:
    """Write a signed revocation; send it to the record's revocation address."""
    from curator import consenting  # noqa: PLC0415

    address = consenting.revoke(record, key_, out_)
    out().print(f"Revocation: {out_}", f"Send it to: {address}", sep="\n", markup=False)
