"""SPDX 3.0.1: read back to an equal graph, all that is required there, always the same bytes."""

import io
import json
from hashlib import sha256

import pytest
from rights_world import CHOICE, LICENSES, PORT
from rights_world import edition as built
from spdx_python_model import v3_0_1 as model

from curator.exporters.base import Facts
from curator.exporters.spdx3 import Shard, dumps, graph

# What the classes of the Dataset, Software and Core profiles demand of a DatasetPackage:
# https://spdx.github.io/spdx-spec/v3.0.1/model/Dataset/Classes/DatasetPackage
REQUIRED = (
    *("spdxId", "creationInfo", "builtTime", "releaseTime", "software_downloadLocation"),
    *("software_primaryPurpose", "dataset_datasetType", "originatedBy"),
)


@pytest.fixture(autouse=True, scope="module")
def _day():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1700000000")  # 2023-11-14
        yield


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    return built(tmp_path_factory.mktemp("spdx3"))


@pytest.fixture(scope="module")
def body(edition):
    return (edition / "spdx" / "edition.spdx3.json").read_bytes()


def read(body: bytes) -> model.SHACLObjectSet:
    """The graph of a document, its references resolved."""
    objects = model.SHACLObjectSet()
    model.JSONLDDeserializer().read(io.BytesIO(body), objects)
    assert not objects.link(), "an element is named that is nowhere"
    return objects


def one(objects: model.SHACLObjectSet, kind: type) -> model.Element:
    (found,) = objects.foreach_type(kind)
    return found


def licenses(objects: model.SHACLObjectSet, kind: str, origin: model.Element) -> list[list[str]]:
    """The expressions that each relationship of a kind names."""
    return [
        sorted(to.simplelicensing_licenseExpression for to in tie.to)
        for tie in objects.foreach_type(model.Relationship)
        if tie.from_ is origin and tie.relationshipType == getattr(model.RelationshipType, kind)
    ]


def test_it_is_read_back_to_an_equal_graph(body):
    found = model.JSONLDSerializer().serialize_data(read(body), force_at_graph=True)
    assert found == json.loads(body)


def test_every_required_property_is_there(body):
    objects = read(body)
    package = one(objects, model.dataset_DatasetPackage)
    assert [name for name in REQUIRED if not getattr(package, name)] == []
    assert len(package.originatedBy) == 1
    for found in objects.foreach():  # and what the model itself demands of each class
        demanded = [
            prop.pyname
            for cls in type(found).__mro__
            for prop in vars(cls).get("PROPERTIES", ())
            if prop.min_count
        ]
        assert [name for name in demanded if not getattr(found, name)] == []


def test_the_package_says_what_is_known_and_nothing_else(edition, body):
    package = one(read(body), model.dataset_DatasetPackage)
    tars = list((edition / "shards").glob("*.tar"))
    assert package.dataset_datasetSize == sum(path.stat().st_size for path in tars)
    assert package.builtTime.isoformat() == "2023-11-14T00:00:00+00:00"
    assert package.dataset_hasSensitivePersonalInformation == model.PresenceType.noAssertion
    assert not package.dataset_knownBias
    assert package.dataset_confidentialityLevel is None


def test_exactly_one_concluded_and_one_declared_license(body):
    objects = read(body)
    package = one(objects, model.dataset_DatasetPackage)
    every = f"CC-BY-4.0 AND CC0-1.0 AND ({CHOICE}) AND {PORT}"  # CC0-1.0 is the set's own too
    assert licenses(objects, "hasConcludedLicense", package) == [[every]]
    assert licenses(objects, "hasDeclaredLicense", package) == [[every]]


def test_each_shard_is_a_file_with_its_digest_and_licenses(edition, body):
    objects = read(body)
    files = sorted(objects.foreach_type(model.software_File), key=lambda file: file.name)
    tars = sorted((edition / "shards").glob("*.tar"))
    assert [file.name for file in files] == [f"shards/{path.name}" for path in tars]
    every = sorted(read_as for _, read_as in LICENSES.values())
    for file, path in zip(files, tars, strict=True):
        (digest,) = file.verifiedUsing
        assert digest.hashValue == sha256(path.read_bytes()).hexdigest()
        assert licenses(objects, "hasConcludedLicense", file) == [every]


def test_a_license_off_the_spdx_list_is_tied_to_what_it_says(body):
    objects = read(body)
    (text,) = objects.foreach_type(model.simplelicensing_SimpleLicensingText)
    ties = {
        (entry.key, entry.value)
        for each in objects.foreach_type(model.simplelicensing_LicenseExpression)
        for entry in each.simplelicensing_customIdToUri
    }
    assert ties == {(PORT, text.spdxId)}
    assert "https://creativecommons.org/licenses/by-sa/2.0/de/" in text.simplelicensing_licenseText


def test_the_same_edition_gives_the_same_bytes(tmp_path, body):
    again = built(tmp_path / "elsewhere")
    assert (again / "spdx" / "edition.spdx3.json").read_bytes() == body


def test_a_set_without_publisher_and_description_has_a_document_too():
    about = {
        "name": "bare",
        "version": "1",
        "title": "bare",
        "description": "",
        "license": "CC0-1.0",
    }
    about |= {"publisher": {"name": "", "url": ""}, "contact": "made@example.org"}
    about |= {"license": "CC0-1.0"}
    counts = {"gathered": 0, "published": 0, "pairs": 0}
    facts = Facts(about, "2023-11-14", counts, {}, {}, (), ())
    shard = Shard("00000.tar", 0, sha256(b"").hexdigest(), ("CC0-1.0",))
    objects = read(dumps(graph(facts, [shard], "https://example.org/bare")))
    assert one(objects, model.dataset_DatasetPackage).description is None
    assert one(objects, model.SoftwareAgent).name.startswith("curator")
