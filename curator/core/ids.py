"""The names of things: keys of pairs, digests of records and of items nobody may list."""

import hashlib
import json
from dataclasses import asdict, is_dataclass

from curator.model import ItemId, Key, Sha256

KEY_HEX = 20  # hex digits: 80 bits, so that 100 million pairs collide with odds below 1 in 10^8


def sha256(body: bytes) -> Sha256:
    """The identity of bytes."""
    return Sha256(hashlib.sha256(body).hexdigest())


def key(item: ItemId, content: Sha256, lang: str = "") -> Key:
    """The name of a pair in its shard: dot-free, and the same wherever and whenever it is built."""
    digest = hashlib.sha256(f"{item}\0{content}".encode()).hexdigest()[:KEY_HEX]
    return Key(f"{digest}-{lang}" if lang else digest)


def item_digest(recipe_digest: str, item: ItemId) -> Sha256:
    """What a short ledger shows of an item: who knows the item finds it, nobody can list them."""
    return sha256(f"{recipe_digest}\0{item}".encode())


def canonical(value: object) -> bytes:
    """JSON with sorted keys and no space: equal values give equal bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def fingerprint(*parts: object) -> Sha256:
    """The digest of what a result depends on: dataclasses, sets, dates and plain values."""
    text = json.dumps(parts, default=_plain, ensure_ascii=False, sort_keys=True)
    return sha256(text.encode())


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return str(value)
