"""Whether a signed consent holds: every way in which it may not, in words that name nobody."""

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Never

import rfc8785
from pydantic import ValidationError

from curator import data
from curator.consent_record import CONSENT, REVOCATION, Consent, Revocation
from curator.core import spdx
from curator.core.ids import sha256
from curator.model import LicenseClass, Sha256

RECORD_BYTES = 2**17  # bytes: about 1,000 works; more works are several records
NEEDED = ("ai_training", "data_mining")  # what an edition for CLIP training does with a work
_KEPT = 64  # records whose verification is remembered; one of 1,000 works takes about 1 MB

_MODELS: Mapping[str, type[Consent | Revocation]] = {CONSENT: Consent, REVOCATION: Revocation}
_PRIME = 2**255 - 19  # of the field of Ed25519, RFC 8032 §5.1
_D = -121665 * pow(121666, -1, _PRIME) % _PRIME  # of its curve, ibid.


@dataclass(frozen=True, slots=True)
class Verified:
    """A consent that holds on the day that was asked for."""

    consent: Consent
    digest: Sha256  # of the record's bytes
    works: frozenset[str]  # the digests it covers

    @property
    def summary(self) -> str:
        """What an edition shows of it: id, digest, credit, and what is asked of the result."""
        consent = self.consent
        words = f"consent {consent.id}, sha256 {self.digest[:16]} of the record"
        words += f", signed by {consent.credit()}"
        if consent.result_licenses:
            words += f"; results under {' or '.join(consent.result_licenses)} only"
        return words


def read(record: bytes) -> Consent | Revocation:
    """A record as it says itself, signed or not; ValueError in words for what is none."""
    return _parsed(record)[1]


def verify(record: bytes, revocations: Sequence[bytes], day: str) -> Verified | list[str]:
    """The consent, if it is whole and holds on `day` (YYYY-MM-DD), or else each fault.

    `revocations` may hold those of other consents. One that names this consent ends it whatever
    its date; one that names it and does not hold is a fault too, since somebody objects.
    """
    found = _verified(record, tuple(revocations), day)
    return list(found) if isinstance(found, tuple) else found


@lru_cache(maxsize=_KEPT)
def signed_by_all(record: bytes) -> Consent | None:
    """The consent if all whose word it needs did sign these bytes, whatever became of it since."""
    try:
        raw, consent = _parsed(record)
    except ValueError:
        return None
    if not isinstance(consent, Consent):
        return None
    flawed = any(_spelling(raw, record)) or any(_signing(consent, _body(raw)))
    return None if flawed else consent


def message(record: bytes) -> bytes:
    """What is signed: RFC 8785 JSON of the record without its signatures; ValueError as `read`."""
    return _body(_parsed(record)[0])


def canonical(record: bytes) -> bytes:
    """The record in the one form in which it is signed and kept; ValueError as `read`."""
    return rfc8785.dumps(_parsed(record)[0])


def proves(key: str, value: str, signed: bytes) -> bool:
    """Whether an Ed25519 signature holds (RFC 8032 §5.1.7); key and signature in base64."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415  (slow to import)
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
        Ed25519PublicKey,
    )

    try:
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key, validate=True))
        public.verify(base64.b64decode(value, validate=True), signed)
    except (InvalidSignature, ValueError):
        return False
    return True


def weak(key: str) -> bool:
    """Whether a public key is one of the few under which anybody can sign anything.

    OpenSSL takes them. They are the points of order 1, 2, 4 and 8: three doublings lead to the
    neutral point, the only one whose y is 1. A y beyond the prime has another spelling.
    """
    y = int.from_bytes(base64.b64decode(key, validate=True), "little") & ~(1 << 255)
    if y >= _PRIME:
        return True
    for _ in range(3):
        xx = (y * y - 1) * pow(_D * y * y + 1, -1, _PRIME)
        y = (y * y + xx) * pow(1 - _D * xx * y * y, -1, _PRIME) % _PRIME
    return y == 1


_Outcome = Verified | tuple[str, ...]


@lru_cache(maxsize=_KEPT)
def _verified(record: bytes, revocations: tuple[bytes, ...], day: str) -> _Outcome:
    try:
        raw, consent = _parsed(record)
    except ValueError as error:
        return (str(error),)
    if not isinstance(consent, Consent):
        return ("it is a revocation and no consent",)
    faults = (
        *_spelling(raw, record),
        *_signing(consent, _body(raw)),
        *_timing(consent, day),
        *_scoping(consent),
        *_agreeing(consent),
        *_ending(consent, revocations),
    )
    works = frozenset(work.sha256 for work in consent.works)
    return faults or Verified(consent, sha256(record), works)


def _parsed(record: bytes) -> tuple[dict[str, Any], Consent | Revocation]:
    """The record as plain JSON and as a model; JSON that could be read in two ways is none."""
    if len(record) > RECORD_BYTES:
        raise ValueError(f"the record is longer than {RECORD_BYTES} bytes")
    try:
        raw = json.loads(record.decode(), object_pairs_hook=_object, parse_constant=_constant)
    except UnicodeDecodeError:
        raise ValueError("the record is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"the record is not JSON: {error}") from None
    except RecursionError:
        raise ValueError("the record is nested too deeply") from None
    name = raw.get("format") if isinstance(raw, dict) else None
    model = _MODELS.get(name) if isinstance(name, str) else None
    if model is None:
        raise ValueError(f"the record's `format` is neither {CONSENT} nor {REVOCATION}")
    try:
        return raw, model.model_validate_json(record)
    except ValidationError as error:
        raise ValueError(_words(error)) from None


def _body(raw: Mapping[str, Any]) -> bytes:
    signed = {k: v for k, v in raw.items() if k not in ("signature", "signatures")}
    if "signature" in raw:  # a revocation also vouches for which key ends the consent
        signed["signature"] = {"key": raw["signature"]["key"]}
    return rfc8785.dumps(signed)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice in the record")
    return found


def _constant(name: str) -> Never:
    raise ValueError(f"the record holds {name}, which is not JSON")


def _words(error: ValidationError) -> str:
    """What is wrong where; never the value itself, and never a key nobody knows."""
    faults = []
    for fault in error.errors(include_url=False, include_input=False):
        place = ".".join(str(part) for part in fault["loc"])
        if fault["type"] == "extra_forbidden":
            inside = ".".join(str(part) for part in fault["loc"][:-1])
            faults.append(f"{inside or 'the record'} has a key that is not part of the format")
        else:
            fix = f" ({fault['ctx']['fix']})" if fault["type"] == "recipe" else ""
            faults.append(f"{place or 'the record'}: {fault['msg']}{fix}")
    return "; ".join(faults)


def _spelling(raw: Mapping[str, Any], record: bytes) -> Iterator[str]:
    if rfc8785.dumps(raw) != record:
        yield "the bytes are not the canonical form that `curator consent sign` writes"


def _signing(consent: Consent, body: bytes) -> Iterator[str]:
    """Exactly one good signature of everybody who must sign, and none of anybody else."""
    signers = consent.signers()
    for role, key in signers:
        if weak(key):
            yield f"the key of the {role} is a weak key"
        own = [each for each in consent.signatures if (each.role, each.key) == (role, key)]
        if not own:
            yield f"the signature of the {role} is missing"
        elif len(own) > 1:
            yield f"the {role} signed twice"
        elif not proves(key, own[0].value, body):
            yield f"the signature of the {role} is wrong"
    if any((each.role, each.key) not in signers for each in consent.signatures):
        yield "somebody signed whom the record does not name in that role"


def _timing(consent: Consent, day: str) -> Iterator[str]:
    try:
        today = date.fromisoformat(day)
    except ValueError:
        yield "the day on which it should hold is not known"
        return
    if today < consent.start:
        yield f"it starts on {consent.start}, after {today}"
    if today > consent.expiry:
        yield f"it expired on {consent.expiry}, before {today}"


def _scoping(consent: Consent) -> Iterator[str]:
    for scope in NEEDED:
        if getattr(consent.scopes, scope) != "allowed":
            yield f"it does not allow {scope}"


def _agreeing(consent: Consent) -> Iterator[str]:
    """The terms are known, and the very text that was agreed to."""
    name = consent.terms.license
    text = spdx.text_name(name)
    if text is None or spdx.standing(name).cls is not LicenseClass.OPT_IN:
        yield f"there are no opt-in terms {name}"
    elif hashlib.sha256(data.blob(text)).hexdigest() != consent.terms.sha256:
        yield f"the text that was agreed to is not that of {name}"
    for each in consent.result_licenses:
        if spdx.standing(each).reason == "rights.unknown":
            yield "a license for the result is none that curator knows"


def _ending(consent: Consent, revocations: Sequence[bytes]) -> Iterator[str]:
    keys = {key for _, key in consent.signers()}
    for record in revocations:
        try:
            raw, found = _parsed(record)
        except ValueError as error:
            yield f"a record among the revocations cannot be read: {error}"
            continue
        if not isinstance(found, Revocation) or found.revokes != consent.id:
            continue
        signed = found.signature
        if signed.key in keys and proves(signed.key, signed.value, _body(raw)):
            yield f"it was revoked on {found.date}"
        else:
            yield "a revocation names it that none of its signers signed: ask them"
