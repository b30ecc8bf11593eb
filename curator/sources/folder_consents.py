"""How `folder` reads signed consents: all of them first, then for each image those that name it."""

import posixpath
from collections.abc import Sequence

from curator.core.consent import read
from curator.core.consent_notes import CONSENT_NOTE, REVOCATION_NOTE, shelf
from curator.core.ids import sha256
from curator.errors import RecipeError
from curator.query import Query, Ref, Reply

Memo = tuple[tuple[str, str], ...]

RECORD, IMAGE = ("asks", "record"), ("asks", "image")  # what a query is for, first in its memo
CREDIT = "credit"  # the memo's field for whom the consents credit
NOTES = frozenset({CONSENT_NOTE, REVOCATION_NOTE})
# Every query on the way to the last record remembers those before it: 2,000 take about 180 MB.
MAX_RECORDS = 2_000  # files
_WAITING, _READ = "waiting", "record"
_SUFFIX = ".json"


def listing(folder: str) -> Query:
    """The query for what lies in the folder of consents."""
    return Query((Ref("**/*", "listing", root=folder),))


def start(paths: Sequence[str], folder: str) -> Query:
    """The query for the first record of the folder.

    RecipeError for a folder without records or with too many, and for any other file in it: what
    is passed over there might be a revocation. Hidden files are passed over.
    """
    inside = [path for path in paths if not posixpath.basename(path).startswith(".")]
    for path in inside:
        if not path.endswith(_SUFFIX):
            what = "a file among the consents that does not end in .json"
            raise RecipeError(what, "Keep there only consents and revocations", path)
    if not inside:
        fix = "Put the signed records there, or correct `consents`"
        raise RecipeError("there are no consents in this folder", fix, folder)
    if len(inside) > MAX_RECORDS:
        what = f"more than {MAX_RECORDS} consents and revocations"
        fix = "Let a record name several works, or make two sources of this one"
        raise RecipeError(what, fix, folder)
    return _next(inside, (), folder)


def after(reply: Reply, folder: str) -> Query:
    """The query for the next record, or with all of them for the list of images.

    RecipeError for a reply that is neither consent nor revocation; signatures are not the
    question here.
    """
    try:
        read(reply.body)
    except ValueError as error:
        fix = "Correct it or take it away; `curator consent verify` tells more"
        raise RecipeError(f"neither a consent nor a revocation: {error}", fix, reply.at) from None
    memo = reply.query.memo
    records = tuple(pair for pair in memo if pair[0] == _READ)
    waiting = [path for name, path in memo if name == _WAITING]
    return _next(waiting, (*records, (_READ, reply.body.decode())), folder)


def image(path: str, sidecar: str, records: Memo) -> Query:
    """The query for an image's own bytes, whose digest tells which records name it."""
    return Query((Ref(path, "bytes"),), memo=(IMAGE, ("sidecar", sidecar), *records))


def with_notes(reply: Reply) -> Query:
    """The query for the image's sidecar, with the records that name the image."""
    _, (_, sidecar), *records = reply.query.memo
    found, digest = shelf(tuple(text for _, text in records)), sha256(reply.body)
    memo = (("image", reply.at), (CREDIT, found.credit(digest)), *found.notes(digest))
    return Query((Ref(sidecar, "bytes"),), memo=memo)


def _next(waiting: Sequence[str], records: Memo, folder: str) -> Query:
    if not waiting:
        return Query((Ref("**/*", "listing"),), memo=records)
    path, *later = waiting
    return Query(
        (Ref(path, "bytes", root=folder),),
        memo=(RECORD, *((_WAITING, each) for each in later), *records),
    )
