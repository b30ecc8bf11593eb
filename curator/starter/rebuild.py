"""Makes the starter collection again, byte for byte, from the packages that its files come from.

python curator/starter/rebuild.py OUT [--gcompris FILE.deb] [--openclipart FILE.deb]
    [--lomiri FILE.deb] [--openmoji FILE.tgz] [--emojibase FILE.tgz]

`selection.json` beside this script names each package by version and sha256, and what is taken
from it. A package that is not given is fetched with apt-get or npm.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import posixpath
import re
import struct
import subprocess
import sys
import tarfile
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

HERE = Path(__file__).parent
RCC = "./usr/share/gcompris-qt/rcc/{activity}.rcc"
CLIPART = "./usr/share/openclipart/svg/"
COPYRIGHT = "./usr/share/doc/{package}/copyright"
MAIL = re.compile(rb"[ \t]*<[^<>\s]+@[^<>\s]+>|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
HOME = re.compile(rb"(?:/home/|/root/|/Users/|[A-Za-z]:\\)[^\"'<>]*")
METADATA = re.compile(rb"<metadata\b.*?</metadata>", re.DOTALL)
XMLNS = {
    b"cc": b"http://web.resource.org/cc/",
    b"dc": b"http://purl.org/dc/elements/1.1/",
    b"rdf": b"http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}


# --- Qt resource bundles, the form in which GCompris ships its photos ---

MAGIC = b"qres"
COMPRESSED, FOLDER, ZSTD = 1, 2, 4  # node flags, as Qt's resource compiler writes them
HEADER = struct.Struct(">4sIIII")  # magic, version, and where tree, data and names begin
NODE = struct.Struct(">IHII")  # name, flags, then a folder's children or a file's locale and data
STAMP = 8  # bytes; from version 2 on every node ends with a time


@dataclass(frozen=True, slots=True)
class Bundle:
    """One .rcc file, whole in memory."""

    blob: bytes
    version: int
    tree: int  # offset
    data: int  # offset
    names: int  # offset

    @staticmethod
    def of(blob: bytes) -> Bundle:
        """The bundle in `blob`; ValueError where it is none."""
        if len(blob) < HEADER.size or not blob.startswith(MAGIC):
            raise ValueError("not a Qt resource bundle")
        _, version, tree, data, names = HEADER.unpack_from(blob)
        if version not in {1, 2, 3}:
            raise ValueError(f"Qt resource bundle of version {version}; 1 to 3 are known")
        return Bundle(blob, version, tree, data, names)

    def paths(self) -> Iterator[tuple[str, int]]:
        """Every file as (path, node number), in the order of the tree."""
        yield from self._below(0, "")

    def read(self, node: int) -> bytes:
        """The bytes of the file at a node, unpacked."""
        _, flags, _, place = self._node(node)
        start = self.data + place
        (size,) = struct.unpack_from(">I", self.blob, start)
        packed = self.blob[start + 4 : start + 4 + size]
        if flags & ZSTD:
            with pa.CompressedInputStream(pa.BufferReader(packed), "zstd") as stream:
                return bytes(stream.read())
        if flags & COMPRESSED:
            return zlib.decompress(packed[4:])  # Qt puts the unpacked size before the stream
        return packed

    def _below(self, node: int, prefix: str) -> Iterator[tuple[str, int]]:
        _, _, count, first = self._node(node)
        for child in range(first, first + count):
            name, flags, _, _ = self._node(child)
            path = prefix + self._name(name)
            if flags & FOLDER:
                yield from self._below(child, path + "/")
            else:
                yield path, child

    def _node(self, number: int) -> tuple[int, int, int, int]:
        size = NODE.size + (STAMP if self.version > 1 else 0)
        name, flags, third, fourth = NODE.unpack_from(self.blob, self.tree + number * size)
        return name, flags, third, fourth

    def _name(self, place: int) -> str:
        start = self.names + place
        (length,) = struct.unpack_from(">H", self.blob, start)
        return self.blob[start + 6 : start + 6 + 2 * length].decode("utf-16-be")


# --- packages ---


@dataclass(frozen=True, slots=True)
class Package:
    """One package of `selection.json`, opened."""

    name: str
    tar: tarfile.TarFile

    def read(self, path: str) -> bytes:
        """The file at a path of the package; symbolic links are followed inside it."""
        stream = self.tar.extractfile(path)
        if stream is None:
            raise FileNotFoundError(f"{self.name}: {path} is not a file")
        return stream.read()


def opened(chosen: Mapping[str, Any], given: Path | None, scratch: Path) -> Package:
    """The package that `chosen` names, from the file given or fetched; its sha256 is checked."""
    file = given or fetched(chosen, scratch)
    blob = file.read_bytes()
    found = hashlib.sha256(blob).hexdigest()
    if found != chosen["sha256"]:
        sys.exit(f"{file}: sha256 is {found}, expected {chosen['sha256']}: another version?")
    if file.suffix == ".deb":
        unpack = ["dpkg-deb", "--fsys-tarfile", str(file)]
        blob = subprocess.run(unpack, check=True, stdout=subprocess.PIPE).stdout
    return Package(chosen["package"], tarfile.open(fileobj=io.BytesIO(blob)))


def fetched(chosen: Mapping[str, Any], scratch: Path) -> Path:
    """The package file, downloaded into a folder of its own."""
    folder = scratch / str(chosen["package"])
    folder.mkdir()
    order = {
        "deb": ["apt-get", "download", f"{chosen['package']}={chosen['version']}"],
        "npm": ["npm", "pack", f"{chosen['package']}@{chosen['version']}"],
    }[chosen["from"]]
    print("running", *order, file=sys.stderr)
    if subprocess.run(order, cwd=folder, check=False, stdout=sys.stderr).returncode:
        sys.exit(f"{chosen['package']} {chosen['version']} cannot be fetched here: give its file")
    return next(folder.iterdir())


# --- what is written ---

Files = Iterator[tuple[str, bytes]]


def gcompris(chosen: Mapping[str, Any], package: Package) -> Files:
    """Photos out of the bundles, and the paragraphs that name them or the records."""
    wanted = set(chosen["files"])
    for activity in sorted({path.split("/")[2] for path in wanted}):
        bundle = Bundle.of(package.read(RCC.format(activity=activity)))
        for inner, node in bundle.paths():
            path = inner.removeprefix("gcompris/")
            if path in wanted:
                wanted.remove(path)
                yield path, bundle.read(node)
    if wanted:
        raise FileNotFoundError(f"{package.name}: no bundle holds {min(wanted)}")
    yield "copyright", paragraphs(package, {*chosen["files"], *chosen["records"]})


def lomiri(chosen: Mapping[str, Any], package: Package) -> Files:
    """Wallpapers as they are, under the paths that the copyright file gives them."""
    for path in chosen["files"]:
        yield path, package.read("./usr/share/backgrounds/" + posixpath.basename(path))
    yield "copyright", paragraphs(package, set(chosen["files"]))


def paragraphs(package: Package, wanted: set[str]) -> bytes:
    """The head of a DEP-5 file and its paragraphs for `wanted`, as they are but for addresses."""
    whole = package.read(COPYRIGHT.format(package=package.name))
    head, *rest = re.split(rb"\n(?:[ \t]*\n)+", whole.strip(b"\n"))
    kept = [part for part in rest if named(part) & wanted]
    missing = wanted.difference(*map(named, kept))
    if missing:
        raise LookupError(f"{package.name}: no paragraph names {min(missing)}")
    return MAIL.sub(b"", b"\n\n".join([head, *kept])) + b"\n"


def named(paragraph: bytes) -> set[str]:
    """The file patterns of a DEP-5 paragraph; none where it is not about files."""
    field = re.match(rb"Files:((?:.*)(?:\n[ \t].*)*)", paragraph)
    return set(field[1].decode("utf-8").split()) if field else set()


def openclipart(chosen: Mapping[str, Any], package: Package) -> Files:
    """Drawings as they are; of what may not be published, its RDF alone."""
    for path in chosen["files"]:
        yield path, package.read(CLIPART + path)
    for path in chosen["records"]:
        yield path, record(path, package.read(CLIPART + path))


def record(path: str, svg: bytes) -> bytes:
    """An SVG with nothing but the metadata of `svg`, untouched but for addresses and homes."""
    found = METADATA.search(svg)
    if found is None:
        raise LookupError(f"{path} has no metadata")
    metadata = HOME.sub(b"", MAIL.sub(b"", found[0]))
    spaces = b"".join(b' xmlns:%s="%s"' % space for space in XMLNS.items())
    return b'<svg xmlns="http://www.w3.org/2000/svg"%s>\n%s\n</svg>\n' % (spaces, metadata)


def openmoji(chosen: Mapping[str, Any], package: Package) -> Files:
    """Rows of the catalogue with all their columns, and the drawings they name."""
    wanted = set(chosen["files"])
    rows = json.loads(package.read("package/data/openmoji.json"))
    yield "items.json", listed(row for row in rows if row["hexcode"] in wanted)
    for code in chosen["files"]:
        yield f"color/svg/{code}.svg", package.read(f"package/color/svg/{code}.svg")


def emojibase(chosen: Mapping[str, Any], package: Package) -> Files:
    """The Japanese label and tags of the same emoji."""
    rows = json.loads(package.read("package/ja/data.json"))
    wanted = set(chosen["files"])
    columns = ("hexcode", "label", "tags")
    picked = (row for row in rows if row["hexcode"] in wanted)
    yield "ja.json", listed({name: row[name] for name in columns} for row in picked)


def listed(rows: Iterable[Mapping[str, object]]) -> bytes:
    """A JSON list with one row per line."""
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return f"[\n{lines}\n]\n".encode()


SOURCES = {  # id of the package in selection.json: its folder, and who reads it
    "gcompris": ("gcompris", gcompris),
    "openclipart": ("openclipart", openclipart),
    "openmoji": ("openmoji", openmoji),
    "emojibase": ("openmoji", emojibase),
    "lomiri": ("lomiri", lomiri),
}


def main() -> None:
    """Write the collection into the folder that the command line names."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("out", type=Path, help="folder to write; made if it is not there")
    for name in SOURCES:
        parser.add_argument(f"--{name}", type=Path, metavar="FILE", help="the package, downloaded")
    options = parser.parse_args()
    selection = json.loads((HERE / "selection.json").read_text(encoding="utf-8"))
    selection["emojibase"]["files"] = selection["openmoji"]["files"]
    with tempfile.TemporaryDirectory() as scratch:
        for name, (folder, read) in SOURCES.items():
            chosen = selection[name]
            package = opened(chosen, getattr(options, name), Path(scratch))
            count = size = 0
            for path, blob in read(chosen, package):
                target = options.out / folder / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(blob)
                count, size = count + 1, size + len(blob)
            print(f"{name}: {count} files, {size} bytes")


if __name__ == "__main__":
    main()
