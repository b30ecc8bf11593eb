"""spdx/<shard>.spdx.json: an SPDX 2.3 document per shard, with every image and every caption.

A file entry per image and per caption, since each has a license of its own; the records beside
them (.json) say the same and are left out of the package's verification code, as it states.
https://spdx.github.io/spdx-spec/v2.3/
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from hashlib import sha1, sha256
from itertools import groupby
from typing import Any

from license_expression import LicenseExpression
from spdx_tools.common.spdx_licensing import spdx_licensing
from spdx_tools.spdx.jsonschema.document_converter import DocumentConverter
from spdx_tools.spdx.model import (
    Actor,
    ActorType,
    Checksum,
    ChecksumAlgorithm,
    CreationInfo,
    Document,
    ExtractedLicensingInfo,
    File,
    FileType,
    Package,
    PackagePurpose,
    PackageVerificationCode,
    Relationship,
    RelationshipType,
    SpdxNoAssertion,
    Version,
)

from curator import __version__, data
from curator.core import spdx
from curator.core.obligations import duties, named, text
from curator.exporters import base
from curator.exporters.base import EXPORTERS, Edition, Facts

COLUMNS = (
    *("key", "shard", "creator", "copyright_notice", "attribution"),
    *("image_license", "image_license_raw", "work_license", "caption_license"),
)
RIGHTS = ("image_license", "work_license", "caption_license")
DOCUMENT, PACKAGE = "SPDXRef-DOCUMENT", "SPDXRef-Shard"
# Where documents of those who own no site of their own have their names: SPDX 2.3, section 6.5.
NAMESPACE = "https://spdx.org/spdxdocs"
UNSAID = SpdxNoAssertion()

Digests = Mapping[str, tuple[str, str]]  # member → SHA-1 and SHA-256


@dataclass(frozen=True, slots=True)
class _Shard:
    """What a document tells of."""

    facts: Facts
    name: str  # without extension
    rows: Sequence[Mapping[str, Any]]
    digests: Digests
    sha256: str  # of the tar


@dataclass(frozen=True, slots=True)
class Spdx23:
    """One document per shard, for tools that read SPDX 2.3."""

    id: str = "spdx-2.3"
    summary: str = "spdx/<shard>.spdx.json: SPDX 2.3, every image and caption with its license"

    def files(self, edition: Edition) -> Iterator[base.File]:
        """A document per shard; one shard is in memory at a time."""
        for name, rows in groupby(edition.pairs(*COLUMNS), lambda row: str(row["shard"])):
            tar = f"{name}.tar"
            digests = {
                # SPDX 2.3 demands SHA-1 of every file; nothing here rests on it.
                member: (sha1(body, usedforsecurity=False).hexdigest(), sha256(body).hexdigest())
                for member, body in edition.bodies(tar)
            }
            whole = sha256()
            for chunk in edition.shard(tar):
                whole.update(chunk)
            shard = _Shard(edition.facts, name, list(rows), digests, whole.hexdigest())
            yield base.File(f"spdx/{name}.spdx.json", [dumps(document(shard))])


def document(shard: _Shard) -> Document:
    """The document of a shard; its namespace still lacks the digest that `dumps` adds."""
    files = [file for row in shard.rows for file in _pair(row, shard.digests)]
    expressions = sorted({row[name] for row in shard.rows for name in RIGHTS} - {""})
    own = spdx.read(shard.facts.dataset["license"]).spdx
    declared = sorted({*expressions, own} if own else expressions)
    return Document(
        _creation(shard),
        packages=[_package(shard, files, (expressions, declared))],
        files=files,
        relationships=[
            Relationship(DOCUMENT, RelationshipType.DESCRIBES, PACKAGE),
            *(Relationship(PACKAGE, RelationshipType.CONTAINS, file.spdx_id) for file in files),
        ],
        extracted_licensing_info=list(_references(declared)),
    )


def dumps(told: Document) -> bytes:
    """The document as JSON; its namespace ends in the digest of all else, so it is unique."""
    whole = DocumentConverter().convert(told)
    digest = sha256(_compact(whole)).hexdigest()
    whole["documentNamespace"] += f"-{digest}"
    return _compact(whole)


def _compact(whole: Mapping[str, Any]) -> bytes:
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def _creation(shard: _Shard) -> CreationInfo:
    about = shard.facts.dataset
    name = f"{about['name']}-{about['version']}-{shard.name}"
    version = json.loads(data.text("spdx-ids.json"))["version"].split(".")
    return CreationInfo(
        spdx_version="SPDX-2.3",
        spdx_id=DOCUMENT,
        name=name,
        document_namespace=f"{NAMESPACE}/{name}",
        creators=[Actor(ActorType.TOOL, f"curator-{__version__}")],
        created=datetime.fromisoformat(shard.facts.date).replace(tzinfo=UTC),
        license_list_version=Version(int(version[0]), int(version[1])),
    )


def _package(
    shard: _Shard, files: Sequence[File], licenses: tuple[Sequence[str], Sequence[str]]
) -> Package:
    """The shard: concluded are the licenses of its files, declared ours of the selection too."""
    about, (concluded, declared) = shard.facts.dataset, licenses
    publisher = about["publisher"]["name"]
    described = {file.name for file in files}
    beside = sorted(f"./{name}" for name in shard.digests if f"./{name}" not in described)
    code = sha1("".join(sorted(_sha1(file) for file in files)).encode(), usedforsecurity=False)
    return Package(
        PACKAGE,
        f"{about['name']} shard {shard.name}",
        UNSAID,
        version=about["version"],
        file_name=f"shards/{shard.name}.tar",
        supplier=Actor(ActorType.ORGANIZATION, publisher) if publisher else UNSAID,
        files_analyzed=True,
        verification_code=PackageVerificationCode(code.hexdigest(), beside),
        checksums=[Checksum(ChecksumAlgorithm.SHA256, shard.sha256)],
        license_concluded=_every(concluded),
        # Beside every picture and text lies a record that names its license.
        license_info_from_files=[parsed(name) for name in _names(concluded)],
        license_declared=_every(declared),
        license_comment=f"The selection and arrangement are under {about['license']}; every file "
        "keeps its own license.",
        copyright_text=UNSAID,
        comment=f"{len(shard.rows)} image-text pairs; attribution lines stand at the files.",
        primary_package_purpose=PackagePurpose.ARCHIVE,
    )


def _sha1(file: File) -> str:
    return str(file.checksums[0].value)


def _pair(row: Mapping[str, Any], digests: Digests) -> Iterator[File]:
    """The image and the caption of a pair."""
    key = row["key"]
    yield File(
        f"./{key}.jpg",
        f"SPDXRef-{key}.jpg",
        _checksums(digests[f"{key}.jpg"]),
        [FileType.IMAGE],
        # A picture of a work stands under the rights of both.
        license_concluded=_every(filter(None, (row["image_license"], row["work_license"]))),
        license_info_in_file=[UNSAID],
        license_comment=f"The source's own words: {row['image_license_raw']}",
        copyright_text=row["copyright_notice"] or UNSAID,
        contributors=[row["creator"]] if row["creator"] else [],
        attribution_texts=[row["attribution"]],
    )
    yield File(
        f"./{key}.txt",
        f"SPDXRef-{key}.txt",
        _checksums(digests[f"{key}.txt"]),
        [FileType.TEXT],
        license_concluded=parsed(row["caption_license"]),
        license_info_in_file=[UNSAID],
        copyright_text=UNSAID,
        comment=f"The caption of {key}.jpg",
        attribution_texts=[row["attribution"]] if duties(row["caption_license"]) else [],
    )


def _checksums(digests: tuple[str, str]) -> list[Checksum]:
    return [
        Checksum(ChecksumAlgorithm.SHA1, digests[0]),
        Checksum(ChecksumAlgorithm.SHA256, digests[1]),
    ]


@cache
def parsed(expression: str) -> LicenseExpression:
    """The expression as spdx-tools wants it."""
    return spdx_licensing.parse(expression)


def _every(expressions: Iterable[str]) -> LicenseExpression:
    each_once = dict.fromkeys(expressions)
    return parsed(" AND ".join(f"({each})" if " " in each else each for each in each_once))


def _names(expressions: Iterable[str]) -> list[str]:
    """Every license that the expressions name."""
    return sorted({name for each in expressions for name in named(each)})


def _references(expressions: Iterable[str]) -> Iterator[ExtractedLicensingInfo]:
    """What every LicenseRef- stands for."""
    for name in _names(expressions):
        if name.startswith("LicenseRef-"):
            at, own = spdx.url(name), name.removeprefix("LicenseRef-")
            yield ExtractedLicensingInfo(name, text(name), own, [at] if at else [])


EXPORTERS.add(Spdx23())
