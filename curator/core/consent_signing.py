"""Signs consents and revocations: pure, since Ed25519 needs no randomness to sign."""

import base64
import json
from typing import TYPE_CHECKING, Any

import rfc8785

from curator.consent_record import REVOCATION, Consent, Role
from curator.core.consent import message, proves, read

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


def public_key(private: "Ed25519PrivateKey") -> str:
    """The public half as records spell it."""
    return base64.b64encode(private.public_key().public_bytes_raw()).decode()


def sign(record: bytes, private: "Ed25519PrivateKey", role: Role) -> bytes:
    """The record with one more signature, in canonical form.

    ValueError in words if it is no consent, does not name this key in this role, or was changed
    after somebody signed it.
    """
    consent = read(record)
    if not isinstance(consent, Consent):
        raise ValueError("it is a revocation and no consent")  # noqa: TRY004  as `read`
    key, body = public_key(private), message(record)
    if (role, key) not in consent.signers():
        raise ValueError(f"the record names another key, or none, for the {role}")
    if not all(proves(each.key, each.value, body) for each in consent.signatures):
        raise ValueError("the record was changed after it was signed: empty its `signatures`")
    raw: dict[str, Any] = json.loads(record)
    kept = [each for each in raw.get("signatures", []) if each["key"] != key]
    own = {"key": key, "role": role, "value": _value(private, body)}
    return rfc8785.dumps(raw | {"signatures": [*kept, own]})


def revoke(record: bytes, private: "Ed25519PrivateKey", day: str) -> bytes:
    """A revocation of the consent, dated `day` (YYYY-MM-DD), in canonical form.

    ValueError in words if it is no consent, or if the key is none of those that sign it.
    """
    consent = read(record)
    if not isinstance(consent, Consent):
        raise ValueError("it is a revocation and no consent")  # noqa: TRY004  as `read`
    key = public_key(private)
    if key not in {signer for _, signer in consent.signers()}:
        raise ValueError("the record does not name this key")
    body: dict[str, Any] = {
        "format": REVOCATION,
        "revokes": consent.id,
        "date": day,
        "signature": {"key": key},
    }
    value = _value(private, rfc8785.dumps(body))
    return rfc8785.dumps(body | {"signature": {"key": key, "value": value}})


def _value(private: "Ed25519PrivateKey", body: bytes) -> str:
    return base64.b64encode(private.sign(body)).decode()
