"""consent new, key, sign, verify, revoke: records, keys and images where they lie on disk."""

import hashlib
import json
import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from curator import data
from curator.consent_record import CONSENT, Consent, Role
from curator.core import consent, consent_signing
from curator.core.ids import sha256
from curator.core.text import show
from curator.errors import CuratorError, MachineError
from curator.io.snapshot import Snapshot
from curator.io.store import written

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

TERMS = "LicenseRef-optin-clip-1.0"
YEARS = 5  # how long a new record proposes to hold; its creator writes another day at will
_SIGNED_BYTES = 4096  # bytes left for keys and signatures
IMAGES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".avif", ".svg"})


@dataclass(frozen=True, slots=True)
class Draft:
    """What a new record says before its creator fills in the rest."""

    creator: str
    contact: str = ""
    revocation: str = ""
    not_ai_made: bool = False


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong with a record, as `verify` tells it."""

    file: str
    item: str  # the consent's id, "" if the record does not tell
    what: str


@dataclass(frozen=True, slots=True)
class Report:
    """What verifying a record found."""

    consent: Consent | None  # as the record says itself; None if it cannot be read
    digest: str
    covered: tuple[str, ...]  # those of the files asked about that it covers
    flaws: tuple[Flaw, ...]


def new(folder: Path, draft: Draft, out: Path) -> tuple[int, Path]:
    """Write an unsigned record of a folder's images, and a fresh key beside it.

    Gives the number of works and the path of the key; CuratorError if there is no image, or if a
    file would be written over.
    """
    images = _images(folder)
    if not images:
        raise CuratorError("there are no images in this folder", "Name another", str(folder))
    key_file = out.with_suffix(".key")
    if out.exists() or out == key_file:
        raise CuratorError("is there already", "Give another name with --out", str(out))
    if not all(text.isprintable() for text in (draft.creator, draft.contact, draft.revocation)):
        raise CuratorError("a name or an address is no text", "Write it in UTF-8", str(out))
    works = {sha256(_bytes(path)): path.stem for path in reversed(images)}
    record = _draft(draft, dict(reversed(works.items())))
    if len(_readable(record)) > consent.RECORD_BYTES - _SIGNED_BYTES:
        fix = "Write a record for each part of the folder"
        raise CuratorError(f"{len(works)} works are too many for one record", fix, str(folder))
    record["creator"]["key"] = new_key(key_file)
    _write(out, _readable(record))
    return len(works), key_file


def new_key(out: Path) -> str:
    """Write a fresh private key that only its owner may read; gives the public half."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415  (slow to import)
        Ed25519PrivateKey,
    )
    from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    private = Ed25519PrivateKey.generate()
    text = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        number = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(number, "wb") as file:
            file.write(text)
    except FileExistsError:
        fix = "Give another name: a key that is lost cannot be made again"
        raise CuratorError("is there already", fix, str(out)) from None
    except OSError as error:
        raise _unwritten(out, error) from error
    return consent_signing.public_key(private)


def sign(path: Path, key_file: Path, role: Role) -> Consent:
    """Add a signature to the record in its place; gives the record.

    CuratorError for a record that is not filled in, or a key that it does not name.
    """
    private = _private(key_file)
    try:
        signed = consent_signing.sign(_bytes(path), private, role)
        found = consent.read(signed)
    except ValueError as error:
        fix = f"Correct the record; this key is {consent_signing.public_key(private)}"
        raise CuratorError(str(error), fix, str(path)) from None
    assert isinstance(found, Consent)  # noqa: S101  (sign takes no other)
    _write(path, signed)
    return found


def verify(path: Path, files: Sequence[Path], revocations: Path | None) -> Report:
    """Whether a record holds today and covers these files.

    CuratorError for what cannot be opened; a record that cannot be read is a flaw.
    """
    record, day = _bytes(path), Snapshot.now().date
    ended = _files(revocations) if revocations else []
    found = consent.verify(record, [_bytes(each) for each in ended], day)
    try:
        said = consent.read(record)
    except ValueError:
        said = None
    known = said if isinstance(said, Consent) else None
    name = known.id if known else ""
    flaws = []
    if isinstance(found, list):
        flaws = [Flaw(str(path), name, fault) for fault in found]
    works = {work.sha256 for work in known.works} if known else set()
    covered = [file for file in files if sha256(_bytes(file)) in works]
    flaws += [
        Flaw(str(file), name, "the record does not name these bytes")
        for file in files
        if file not in covered
    ]
    return Report(known, sha256(record), tuple(map(str, covered)), tuple(flaws))


def lines(report: Report) -> list[str]:
    """What verifying found, for a person to read."""
    said = report.consent
    told = []
    if said:
        allowed = [name for name, use in said.scopes.model_dump().items() if use == "allowed"]
        until = f"{said.start} to {said.expiry}"
        told = [
            f"{said.id}: {show(said.credit())}, {len(said.works)} works, {until}",
            f"allowed: {', '.join(allowed) or 'nothing'}",
            f"resale: {_yes(said.resale)}",
            f"stated as not AI-made: {_yes(said.not_ai_made)}",
            f"terms: {said.terms.license}",
        ]
    told += [f"covered: {show(file)}" for file in report.covered]
    told += [f"{show(flaw.file)}: {flaw.what}" for flaw in report.flaws]
    return [*told, "Not in order." if report.flaws else "In order: the consent holds today."]


def revoke(path: Path, key_file: Path, out: Path) -> str:
    """Write the revocation of a record, dated today; gives the address that it is sent to.

    CuratorError for a key that the record does not name.
    """
    private, day = _private(key_file), Snapshot.now().date
    try:
        record = _bytes(path)
        revoked = consent_signing.revoke(record, private, day)
        found = consent.read(record)
    except ValueError as error:
        fix = "Name the record and a key that signed it"
        raise CuratorError(str(error), fix, str(path)) from None
    if out.exists():
        raise CuratorError("is there already", "Give another name with --out", str(out))
    _write(out, revoked)
    assert isinstance(found, Consent)  # noqa: S101  (revoke takes no other)
    return found.revocation


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a consent record, so that editors complete and check it."""
    schema = Consent.model_json_schema()
    return schema | {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "consent record",
    }


def _draft(draft: Draft, works: Mapping[str, str]) -> dict[str, Any]:
    start = date.fromisoformat(Snapshot.now().date)
    leap = start.month == 2 and start.day == 29  # noqa: PLR2004  29 February
    terms = hashlib.sha256(data.blob(f"texts/{TERMS}.txt")).hexdigest()
    return {
        "format": CONSENT,
        "id": secrets.token_hex(8),
        "creator": {"name": draft.creator, "contact": draft.contact, "key": ""},
        "co_authors": [],
        "minor": False,
        "works": [
            {"sha256": digest} | ({"title": title} if title.isprintable() else {})
            for digest, title in works.items()
        ],
        "scopes": {
            "ai_training": "allowed",
            "ai_generative_training": "notAllowed",
            "data_mining": "allowed",
            "ai_inference": "notAllowed",
        },
        "resale": False,
        "result_licenses": [],
        "start": start.isoformat(),
        "expiry": start.replace(year=start.year + YEARS, day=28 if leap else start.day).isoformat(),
        "revocation": draft.revocation,
        "authorship": "I made these works myself, and I may allow what this record allows.",
        "not_ai_made": draft.not_ai_made,
        "terms": {"license": TERMS, "sha256": terms},
        "signatures": [],
    }


def _readable(record: Mapping[str, Any]) -> bytes:
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()


def _yes(stated: bool) -> str:  # noqa: FBT001  it is what is asked
    return "yes" if stated else "no"


def _images(folder: Path) -> list[Path]:
    return [path for path in _files(folder) if path.suffix.lower() in IMAGES]


def _files(folder: Path) -> list[Path]:
    """Every file of a folder and below; hidden ones are passed over."""
    if not folder.is_dir():
        raise CuratorError("there is no such folder", "Name another", str(folder))
    found = [path for path in folder.rglob("*") if path.is_file()]
    return sorted(path for path in found if not path.name.startswith("."))


def _private(path: Path) -> "Ed25519PrivateKey":
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415  (slow to import)
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
        Ed25519PrivateKey,
    )
    from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415
        load_pem_private_key,
    )

    text = _bytes(path)
    try:
        private = load_pem_private_key(text, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        private = None
    if not isinstance(private, Ed25519PrivateKey):
        fix = "Name the .key file that `curator consent new` or `key` wrote"
        raise CuratorError("holds no Ed25519 private key", fix, str(path))
    return private


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        words = f"cannot be read: {error.strerror}"
        raise CuratorError(words, "Name a file that is there", str(path)) from error


def _write(path: Path, body: bytes) -> None:
    try:
        with written(path) as file:
            file.write(body)
    except OSError as error:
        raise _unwritten(path, error) from error


def _unwritten(path: Path, error: OSError) -> MachineError:
    fix = "Free space, or name a place that may be written"
    return MachineError(f"cannot be written: {error.strerror}", fix, str(path))
