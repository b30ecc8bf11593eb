"""Consents of people who do not exist, signed with keys that anybody can make again."""

import hashlib
import json
from typing import Any

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from curator.core.consent_signing import public_key, revoke, sign

TERMS = "LicenseRef-optin-clip-1.0"
FILE = hashlib.sha256(b"a drawn kite").hexdigest()
OTHER_FILE = hashlib.sha256(b"a drawn boat").hexdigest()
DAY = "2026-03-01"


def key_of(name: str) -> Ed25519PrivateKey:
    """The private key of a made-up person."""
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(name.encode()).digest())


ADA, BO, GUARDIAN, MALLORY = (key_of(name) for name in ("Ada", "Bo", "Guardian", "Mallory"))


def person(name: str, key: Ed25519PrivateKey, **more: str) -> dict[str, str]:
    """Somebody who signs."""
    return {"name": name, "key": public_key(key)} | more


def draft(text: bytes, **fields: Any) -> dict[str, Any]:
    """An unsigned consent of Ada Example for one file under this text of terms."""
    allowed = {"ai_training": "allowed", "data_mining": "allowed"}
    refused = {"ai_generative_training": "notAllowed", "ai_inference": "notAllowed"}
    return {
        "format": "curator-consent-1",
        "id": "consent-0001",
        "creator": person("Ada Example", ADA, contact="ada@private.example"),
        "works": [{"sha256": FILE, "title": "Kite"}],
        "scopes": allowed | refused,
        "resale": False,
        "result_licenses": [],
        "start": "2026-01-01",
        "expiry": "2030-12-31",
        "revocation": "https://example.org/stop",
        "authorship": "I drew these works myself.",
        "not_ai_made": True,
        "terms": {"license": TERMS, "sha256": hashlib.sha256(text).hexdigest()},
        "signatures": [],
    } | fields


def dumped(record: dict[str, Any]) -> bytes:
    """A record as its creator keeps it before signing."""
    return json.dumps(record, ensure_ascii=False, indent=1).encode()


def signed(record: dict[str, Any], *more: tuple[Ed25519PrivateKey, str]) -> bytes:
    """The record signed by Ada as its creator, and by these in their roles."""
    body = sign(dumped(record), ADA, "creator")
    for key, role in more:
        body = sign(body, key, role)
    return body


def altered(record: bytes, **fields: Any) -> bytes:
    """A signed record with fields changed afterwards, still in canonical form."""
    return rfc8785.dumps(json.loads(record) | fields)


def ended(record: bytes, key: Ed25519PrivateKey = ADA, day: str = DAY) -> bytes:
    """The revocation of a record by one of its signers."""
    return revoke(record, key, day)
