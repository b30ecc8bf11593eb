"""Exports a made-up edition as SPDX 2.3 and 3.0.1, validates both, and prints the seconds.

python bench/spdx.py [--pairs 100000] [--shard 10000] [--bytes 30000]
"""

import argparse
import io
import json
import resource
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from spdx_python_model import v3_0_1
from spdx_tools.spdx.parser.jsonlikedict.json_like_dict_parser import JsonLikeDictParser
from spdx_tools.spdx.validation import document_validator, spdx_id_validators

from curator.core.attribution import Credit, line
from curator.exporters.base import Facts
from curator.exporters.spdx3 import Spdx3
from curator.exporters.spdx23 import Spdx23

LICENSES = ("CC-BY-4.0", "CC-BY-SA-3.0", "CC0-1.0", "LicenseRef-CC-BY-SA-2.0-DE")
ABOUT = {
    "name": "made-up",
    "version": "1",
    "title": "Made up",
    "description": "",
    "contact": "https://example.org/removals",
    "license": "CC0-1.0",
    "publisher": {"name": "Nobody", "url": "https://example.org/"},
}


@dataclass(frozen=True)
class Edition:
    """An edition that exists only while it is read."""

    facts: Facts
    pairs_of: Mapping[str, range]
    size: int  # bytes per image

    def pairs(self, *columns: str) -> Iterator[Mapping[str, Any]]:
        """Made-up rows of the manifest."""
        for shard, numbers in self.pairs_of.items():
            for number in numbers:
                row = made_up(number) | {"shard": shard}
                yield {name: row[name] for name in columns}

    def bodies(self, name: str) -> Iterator[tuple[str, bytes]]:
        """Members of the size of a small photograph."""
        for number in self.pairs_of[name.removesuffix(".tar")]:
            key = made_up(number)["key"]
            yield f"{key}.jpg", key.encode().ljust(self.size, b"\0")
            yield f"{key}.json", b"{}" + key.encode()
            yield f"{key}.txt", key.encode()

    def shard(self, name: str) -> Iterator[bytes]:
        """As many bytes as the tar would have."""
        return (body for _, body in self.bodies(name))


def made_up(number: int) -> dict[str, Any]:
    """A row of the manifest."""
    expression = LICENSES[number % len(LICENSES)]
    page = f"https://example.org/work/{number}"
    return {
        "key": sha256(str(number).encode()).hexdigest()[:20],
        "creator": f"Nobody {number % 1000}",
        "copyright_notice": "",
        "attribution": line(Credit("Made up", f"Nobody {number % 1000}", expression, page)),
        "image_license": expression,
        "image_license_raw": expression,
        "work_license": "",
        "caption_license": LICENSES[number % 3],
    }


class Memo:
    """spdx-tools builds the list of all ids twice per relationship and scans it: quadratic.

    This stands in for that function and keeps the last document's ids as a set.
    """

    def __init__(self) -> None:
        self._build = spdx_id_validators.get_list_of_all_spdx_ids
        self._document: object = None
        self._ids: frozenset[str] = frozenset()

    def __call__(self, document: Any) -> frozenset[str]:
        """The ids of a document."""
        if document is not self._document:
            self._document, self._ids = document, frozenset(self._build(document))
        return self._ids


def faults(body: bytes) -> int:
    """How many faults spdx-tools finds in a document."""
    document = JsonLikeDictParser().parse(json.loads(body))
    return len(document_validator.validate_full_spdx_document(document))


def read_back(body: bytes) -> bool:
    """Whether an SPDX 3.0.1 document is read to an equal graph."""
    objects = v3_0_1.SHACLObjectSet()
    v3_0_1.JSONLDDeserializer().read(io.BytesIO(body), objects)
    whole = not objects.link()
    found = v3_0_1.JSONLDSerializer().serialize_data(objects, force_at_graph=True)
    return whole and found == json.loads(body)


def main() -> int:
    """Print one line per step; exit 1 where a document has a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=100_000)
    parser.add_argument("--shard", type=int, default=10_000)
    parser.add_argument("--bytes", type=int, default=30_000)
    asked = parser.parse_args()
    starts = range(0, asked.pairs, asked.shard)
    pairs_of = {
        f"{n:05d}": range(start, min(start + asked.shard, asked.pairs))
        for n, start in enumerate(starts)
    }
    counts = {"gathered": asked.pairs, "published": asked.pairs, "pairs": asked.pairs}
    sizes = {f"{name}.tar": len(numbers) for name, numbers in pairs_of.items()}
    facts = Facts(ABOUT, "2023-11-14", counts, {}, {}, (), (), sizes)
    edition = Edition(facts, pairs_of, asked.bytes)
    spdx_id_validators.get_list_of_all_spdx_ids = Memo()
    spent, size, wrong = {"2.3 export": 0.0, "2.3 validate": 0.0}, 0, 0
    start = time.process_time()
    for file in Spdx23().files(edition):
        body = b"".join(file.chunks)
        made = time.process_time()
        wrong += faults(body)
        spent["2.3 export"] += made - start
        start = time.process_time()
        spent["2.3 validate"] += start - made
        size += len(body)
    (file,) = Spdx3().files(edition)
    body = b"".join(file.chunks)
    spent["3.0.1 export"] = time.process_time() - start
    start = time.process_time()
    equal = read_back(body)
    spent["3.0.1 read back"] = time.process_time() - start
    for step, seconds in spent.items():
        print(f"{step:16} {seconds:7.1f} CPU s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{asked.pairs} pairs, {len(pairs_of)} shards: {size / 1e6:.1f} MB of SPDX 2.3, "
        f"{len(body) / 1e3:.1f} kB of 3.0.1; {wrong} faults; equal graph: {equal}; "
        f"peak {peak} MB, validator included"
    )
    return int(bool(wrong) or not equal)


if __name__ == "__main__":
    sys.exit(main())
