"""fetch: get the bytes of what is cleared; local files stay where they are."""

from pathlib import Path
from typing import Any

from curator.core.ids import sha256
from curator.io.local import Refused, locate
from curator.io.store import Store, digest_of, table_of
from curator.model import Answer, Evidence, Ground, Verdict, quote
from curator.schema import FETCHED
from curator.steps.rows import Slice, lines

CHECK = "fetch.local@1"


def fetch(part: Slice, cleared: Path, max_bytes: int, store: Store) -> Path:
    """One row per item: its file's digest, or the reason why there is none.

    A local file of a record that was not cleared is only hashed where it lies: the same bytes may
    stand under another record with other rights, and that is a conflict.
    """
    verdicts = store.load(cleared, ["verdict"])["verdict"].to_pylist()
    images = store.load(part.path, ["image"])["image"].to_pylist()
    rows = [
        {"row": row, "path": images[row], **_found(part, images[row], verdict, max_bytes)}
        for row, verdict in enumerate(verdicts)
    ]
    table = table_of(FETCHED, rows)
    path = store.path("fetch", part.name, digest_of(table))
    return path if path.exists() else store.save(path, table)


def _found(part: Slice, image: str, verdict: str, max_bytes: int) -> dict[str, Any]:
    cleared = verdict == Verdict.PUBLISH
    row = _read(part.source.root, image, max_bytes) | {"cleared": cleared}
    return row if cleared else row | {"evidence": []}


def _read(root: Path, relative: str, max_bytes: int) -> dict[str, Any]:
    """The digest of a local file, or the evidence that there is none to be had."""
    try:
        file = locate(root, relative)
        size = file.stat().st_size
        if size > max_bytes:
            return _no("fetch.large", f"{size} bytes; the recipe allows {max_bytes}")
        return {"sha256": sha256(file.read_bytes()), "evidence": []}
    except Refused as refused:
        return _no(refused.reason, refused.detail)
    except OSError as error:
        return _no("fetch.unreadable", error.strerror or "the system gave no reason")


def _no(reason: str, words: str) -> dict[str, Any]:
    found = Evidence("image", CHECK, reason, Answer.YES, Ground.MEASURED, quote=quote(words))
    return {"sha256": "", "evidence": lines([found])}
