"""verify: check every byte, count and digest of an edition, offline, and name what is wrong."""

import json
import re
import tarfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import rfc8785

from curator.errors import CuratorError

_LINE = re.compile(r"([0-9a-f]{64})  ([^\n]+)")
VERDICTS = {"hold": "held", "reject": "rejected", "pending": "pending"}


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing in an edition that is not as it was published."""

    file: str  # relative to the edition
    item: str  # "" where the fault is the file's
    what: str


def verify(root: Path) -> list[Flaw]:
    """Every fault of the edition at `root`; an empty list is a sound edition."""
    said, flaws = _stated(root)
    if said is None:
        return flaws
    flaws += _sums(root, said)
    if not flaws:
        flaws += _counts(root, said)
    return sorted(flaws, key=lambda flaw: (flaw.file, flaw.item, flaw.what))


def stated(root: Path) -> dict[str, Any]:
    """What edition.json says; an edition that was changed is an error."""
    found, flaws = _stated(root)
    if found is None:
        fix = "Take a fresh copy of the edition"
        raise CuratorError(flaws[0].what, fix, f"{root}/{flaws[0].file}")
    return found


def _stated(root: Path) -> tuple[dict[str, Any] | None, list[Flaw]]:
    """What edition.json says, if it is whole."""
    name = "edition.json"
    try:
        body = (root / name).read_bytes()
        said = json.loads(body)
        digest = said.pop("digest")
        unsigned = rfc8785.dumps(said)
        whole = rfc8785.dumps(said | {"digest": digest})
    except FileNotFoundError:
        return None, [Flaw(name, "", "is missing: without it this is no edition")]
    except (OSError, ValueError, KeyError, AttributeError, TypeError, RecursionError):
        return None, [Flaw(name, "", "cannot be read")]
    if body != whole or sha256(unsigned).hexdigest() != digest:
        return None, [Flaw(name, "", "was changed: its digest does not fit")]
    return said, []


def _sums(root: Path, said: Mapping[str, Any]) -> list[Flaw]:
    """Every changed, missing and extra file."""
    try:
        body = (root / "SHA256SUMS").read_bytes()
    except OSError:
        return [Flaw("SHA256SUMS", "", "is missing or cannot be read")]
    if sha256(body).hexdigest() != said.get("sha256sums"):
        return [Flaw("SHA256SUMS", "", "was changed: edition.json has another digest for it")]
    listed = {}
    for line in body.decode(errors="replace").splitlines():
        found = _LINE.fullmatch(line)
        if not found:
            return [Flaw("SHA256SUMS", "", f"has a line of another form: {line[:80]!r}")]
        listed[found[2]] = found[1]
    return list(_files(root, listed))


def _files(root: Path, listed: Mapping[str, str]) -> Iterator[Flaw]:
    present = {
        path.relative_to(root).as_posix(): path
        for path in root.rglob("*")
        if path.is_symlink() or not path.is_dir()
    }
    for name in sorted(present.keys() - listed.keys()):
        if name != "SHA256SUMS" and not name.startswith("edition.json"):
            yield Flaw(name, "", "is not part of the edition")
    for name, digest in sorted(listed.items()):
        path = present.get(name)
        if path is None:
            yield Flaw(name, "", "is missing")
        elif path.is_symlink():
            yield Flaw(name, "", "is a link; an edition holds files only")
        elif _digest(path) != digest:
            yield Flaw(name, "", "was changed: its sha256 does not fit")


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            digest = sha256()
            while chunk := file.read(1 << 20):
                digest.update(chunk)
    except OSError:
        return ""
    return digest.hexdigest()


def _counts(root: Path, said: Mapping[str, Any]) -> Iterator[Flaw]:
    """Do the tables and shards say what edition.json says."""
    try:
        manifest = pq.read_table(
            root / "manifest" / "part-00000.parquet", columns=["key", "shard", "item", "caption"]
        ).to_pylist()
        stored = pq.read_table(
            root / "manifest" / "part-00000.parquet", columns=["key", "stored_sha256"]
        ).to_pylist()
        ledger = pq.read_table(
            root / "ledger" / "part-00000.parquet", columns=["verdict", "reason"]
        ).to_pylist()
    except (OSError, ValueError, KeyError) as error:
        yield Flaw("manifest", "", f"cannot be read: {str(error)[:80]}")
        return
    counts = Counter(VERDICTS[row["verdict"]] for row in ledger)
    counts["published"] = len({row["item"] for row in manifest})
    counts["pairs"] = len(manifest)
    counts["gathered"] = counts["published"] + len(ledger) + said["counts"]["withheld"]
    for name, count in said["counts"].items():
        if name != "withheld" and counts[name] != count:
            yield Flaw("edition.json", "", f"says {count} {name}; the tables hold {counts[name]}")
    if Counter(row["reason"] for row in ledger) != Counter(said["reasons"]):
        yield Flaw("ledger/part-00000.parquet", "", "has other reasons than edition.json counts")
    digests = {row["key"]: row["stored_sha256"] for row in stored}
    by_shard: dict[str, list[dict[str, Any]]] = {}
    for row in manifest:
        by_shard.setdefault(row["shard"], []).append(row)
    for name, rows in sorted(by_shard.items()):
        yield from _shard(root, name, rows, digests)


def _shard(
    root: Path, name: str, rows: list[dict[str, Any]], digests: Mapping[str, str]
) -> Iterator[Flaw]:
    """Does a shard hold exactly the pairs that the manifest puts there."""
    file = f"shards/{name}.tar"
    wanted: dict[str, str] = {}
    for row in rows:
        wanted[f"{row['key']}.jpg"] = digests[row["key"]]
        wanted[f"{row['key']}.txt"] = sha256(row["caption"].encode()).hexdigest()
        wanted[f"{row['key']}.json"] = ""
    try:
        with tarfile.open(root / file, "r:") as tar:
            for member in tar:
                body = tar.extractfile(member)
                digest = wanted.pop(member.name, None)
                if digest is None or body is None:
                    yield Flaw(file, member.name, "is not in the manifest")
                elif digest and sha256(body.read()).hexdigest() != digest:
                    yield Flaw(file, member.name, "is not what the manifest describes")
    except (OSError, tarfile.TarError):
        yield Flaw(file, "", "cannot be read")
        return
    for missing in sorted(wanted):
        yield Flaw(file, missing, "is in the manifest and not here")
