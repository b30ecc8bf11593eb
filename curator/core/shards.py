"""Which shard a pair belongs to: the first bits of its key, so that a removal touches one shard."""

from curator.core.ids import KEY_HEX
from curator.model import Key

MAX_BITS = 16  # bits: 65,536 shards, the most that five digits can name


def bits(pairs: int, samples: int) -> int:
    """The fewest bits by which a shard holds `samples` pairs or fewer on average."""
    needed = 0
    while needed < MAX_BITS and pairs > samples << needed:
        needed += 1
    return needed


def shard(key: Key, prefix_bits: int) -> str:
    """The name of the shard of `key`, without extension: five decimal digits."""
    return f"{int(key[:KEY_HEX], 16) >> (4 * KEY_HEX - prefix_bits):05d}"
