"""spdx/edition.spdx3.json: the edition as an SPDX 3.0.1 DatasetPackage, in JSON-LD.

One file element per shard and one license expression per distinct license, tied by relationships;
single images stand in the SPDX 2.3 documents beside it. What nobody has assessed (bias, noise,
confidentiality) is left out, and personal information is said to be not asserted.
https://spdx.github.io/spdx-spec/v3.0.1/model/Dataset/
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from itertools import groupby
from typing import Any, TypeVar

from spdx_python_model import v3_0_1 as model

from curator import __version__, data
from curator.core import spdx
from curator.core.obligations import named, text
from curator.exporters.base import EXPORTERS, Edition, Facts, File

E = TypeVar("E", bound=model.Element)

COLUMNS = ("shard", "image_license", "work_license", "caption_license")
# Where documents of those who own no site of their own have their names: SPDX 2.3, section 6.5.
NAMESPACE = "https://spdx.org/spdxdocs"
DATA_LICENSE = "CC0-1.0"  # of the document itself, as SPDX recommends
WHOLE = "../"  # this file lies one folder below what it describes

PREPROCESSING = [
    "images transcoded once where the manifest's column `changes` says so",
    "captions freed of markup and cut at a sentence where `caption_changes` says so",
    "equal and near-equal images reduced to one; equal captions capped",
]
ANONYMIZATION = [
    "e-mail addresses, phone numbers and coordinates cut from texts, location from image metadata"
]


@dataclass(frozen=True, slots=True)
class Shard:
    """One tar of the edition."""

    name: str  # with extension
    size: int  # bytes
    sha256: str
    licenses: tuple[str, ...]  # every expression in it, sorted


@dataclass(frozen=True, slots=True)
class Spdx3:
    """One JSON-LD document for the whole edition."""

    id: str = "spdx-3.0.1"
    summary: str = "spdx/edition.spdx3.json: SPDX 3.0.1, the edition as a DatasetPackage"

    def files(self, edition: Edition) -> Iterator[File]:
        """The document; its ids hold the digest of its content."""
        shards = list(_shards(edition))
        about = edition.facts.dataset
        name = f"{NAMESPACE}/{about['name']}-{about['version']}"
        digest = sha256(dumps(graph(edition.facts, shards, name))).hexdigest()
        yield File(
            "spdx/edition.spdx3.json",
            [dumps(graph(edition.facts, shards, f"{name}-{digest}"))],
        )


def _shards(edition: Edition) -> Iterator[Shard]:
    for name, rows in groupby(edition.pairs(*COLUMNS), lambda row: row["shard"]):
        licenses = {row[column] for row in rows for column in COLUMNS[1:]}
        size, digest = 0, sha256()
        for chunk in edition.shard(f"{name}.tar"):
            size += len(chunk)
            digest.update(chunk)
        yield Shard(f"{name}.tar", size, digest.hexdigest(), tuple(sorted(licenses - {""})))


def dumps(objects: model.SHACLObjectSet) -> bytes:
    """The graph as JSON-LD, always in the same order."""
    found = model.JSONLDSerializer().serialize_data(objects, force_at_graph=True)
    return json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def graph(facts: Facts, shards: Sequence[Shard], prefix: str) -> model.SHACLObjectSet:
    """The elements of the document under ids that begin with `prefix`."""
    made = _Maker(facts, prefix)
    package = made.package(shards)
    files = [made.file(shard) for shard in shards]
    made.relate(package, "contains", files)
    made.relate(package, "hasConcludedLicense", [made.license(_all(shards))])
    own = spdx.read(facts.dataset["license"]).spdx
    made.relate(package, "hasDeclaredLicense", [made.license(_all(shards, own))])
    for file, shard in zip(files, shards, strict=True):
        made.relate(file, "hasConcludedLicense", [made.license(each) for each in shard.licenses])
    return made.document(package)


def _all(shards: Iterable[Shard], own: str | None = None) -> str:
    """The licenses of all items, and ours of the selection and arrangement, as one expression."""
    every = {each for shard in shards for each in shard.licenses} | ({own} if own else set())
    return " AND ".join(f"({each})" if " " in each else each for each in sorted(every))


class _Maker:
    """Makes elements that share a prefix and one statement of who made them and when."""

    def __init__(self, facts: Facts, prefix: str) -> None:
        self._facts = facts
        self._prefix = prefix
        self._day = datetime.fromisoformat(facts.date).replace(tzinfo=UTC)
        self._info = model.CreationInfo(specVersion="3.0.1", created=self._day)
        self._elements: dict[str, model.Element] = {}
        tool = self._add(model.Tool, "tool", name=f"curator {__version__}")
        publisher = facts.dataset["publisher"]["name"]
        kind = model.Organization if publisher else model.SoftwareAgent
        self._agent = self._add(kind, "publisher", name=publisher or f"curator {__version__}")
        self._info.createdBy.append(self._agent)
        self._info.createdUsing.append(tool)

    def _add(self, kind: type[E], place: str, **properties: Any) -> E:
        """The element of this place, made once; a property that is None is left out."""
        at = f"{self._prefix}#{place}"
        found = self._elements.get(at)
        if isinstance(found, kind):
            return found
        told = {name: value for name, value in properties.items() if value is not None}
        made = kind(spdxId=at, creationInfo=self._info, **told)
        self._elements[at] = made
        return made

    def package(self, shards: Sequence[Shard]) -> model.dataset_DatasetPackage:
        """The edition as a whole; only what is known of it."""
        about, counts = self._facts.dataset, self._facts.counts
        kinds, presence = model.dataset_DatasetType, model.PresenceType
        return self._add(
            model.dataset_DatasetPackage,
            "dataset",
            name=about["name"],
            summary=about["title"],
            description=about["description"] or None,
            comment=f"{counts['pairs']} image-text pairs of {counts['published']} works. "
            f"Removals and corrections: {about['contact']}",
            software_packageVersion=about["version"],
            software_downloadLocation=WHOLE,
            software_homePage=about["publisher"]["url"] or None,
            software_primaryPurpose=model.software_SoftwarePurpose.data,
            originatedBy=[self._agent],
            builtTime=self._day,
            releaseTime=self._day,
            dataset_datasetType=[kinds.image, kinds.text],
            dataset_datasetSize=sum(shard.size for shard in shards),
            dataset_dataCollectionProcess=self._collected(),
            dataset_dataPreprocessing=PREPROCESSING,
            dataset_anonymizationMethodUsed=ANONYMIZATION,
            dataset_hasSensitivePersonalInformation=presence.noAssertion,
            dataset_intendedUse="Training of models that relate images and texts, such as CLIP.",
            dataset_datasetUpdateMechanism="An edition is never rewritten; changes and removals "
            "come as an edition of another version.",
        )

    def _collected(self) -> str:
        counts = self._facts.counts
        sources = [source["id"] for source in self._facts.declared if source["enabled"]]
        return (
            f"Gathered from {len(sources)} declared sources ({', '.join(sources)}): "
            f"{counts['gathered']} candidates, of which {counts['published']} had a positive proof "
            "of rights, no evidence of AI, and met the recipe's bounds; the ledger gives the "
            "reason for each of the others."
        )

    def file(self, shard: Shard) -> model.software_File:
        """A shard."""
        return self._add(
            model.software_File,
            f"shard-{shard.name}",
            name=f"shards/{shard.name}",
            verifiedUsing=[
                model.Hash(algorithm=model.HashAlgorithm.sha256, hashValue=shard.sha256)
            ],
            contentType="application/x-tar",
            software_fileKind=model.software_FileKindType.file,
            software_primaryPurpose=model.software_SoftwarePurpose.archive,
        )

    def license(self, expression: str) -> model.simplelicensing_LicenseExpression:
        """The element of a license; every LicenseRef- in it is tied to its text."""
        custom = [name for name in named(expression) if name.startswith("LicenseRef-")]
        return self._add(
            model.simplelicensing_LicenseExpression,
            f"license-{sha256(expression.encode()).hexdigest()[:16]}",
            simplelicensing_licenseExpression=expression,
            simplelicensing_licenseListVersion=json.loads(data.text("spdx-ids.json"))["version"],
            simplelicensing_customIdToUri=[
                model.DictionaryEntry(key=name, value=self._text(name)) for name in custom
            ],
        )

    def _text(self, name: str) -> str:
        """The id of the element that holds the text of a LicenseRef-."""
        kind = model.simplelicensing_SimpleLicensingText
        made = self._add(kind, name, name=name, simplelicensing_licenseText=text(name))
        return str(made.spdxId)

    def relate(self, origin: model.Element, kind: str, to: Sequence[model.Element]) -> None:
        """Say that `origin` has this relationship to all of `to`."""
        self._add(
            model.Relationship,
            f"{kind}-{str(origin.spdxId).rpartition('#')[2]}",
            from_=origin,
            relationshipType=getattr(model.RelationshipType, kind),
            to=list(to),
            completeness=model.RelationshipCompleteness.complete,
        )

    def document(self, root: model.Element) -> model.SHACLObjectSet:
        """Everything made so far, in one document."""
        profiles = model.ProfileIdentifierType
        self._add(
            model.SpdxDocument,
            "document",
            name=root.name,
            dataLicense=self.license(DATA_LICENSE),
            profileConformance=[
                *(profiles.core, profiles.software, profiles.dataset, profiles.simpleLicensing)
            ],
            rootElement=[root],
            element=list(self._elements.values()),
        )
        return model.SHACLObjectSet(self._elements.values())


EXPORTERS.add(Spdx3())
