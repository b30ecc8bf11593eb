"""SPDX 2.3: spdx-tools finds no fault, and the documents say what shards and manifest say."""

import json
import subprocess
import sys
import tarfile
from hashlib import sha1, sha256

import pyarrow.parquet as pq
import pytest
from rights_world import CAPTIONS, CHOICE, LICENSES, PORT
from rights_world import edition as built
from spdx_tools.spdx.parser.jsonlikedict.json_like_dict_parser import JsonLikeDictParser
from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document


@pytest.fixture(autouse=True, scope="module")
def _day():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1700000000")  # 2023-11-14
        yield


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    return built(tmp_path_factory.mktemp("spdx23"))


@pytest.fixture(scope="module")
def said(edition):
    """The one document of the small edition."""
    (path,) = (edition / "spdx").glob("*.spdx.json")
    return json.loads(path.read_bytes())


def manifest(edition):
    return pq.read_table(edition / "manifest" / "part-00000.parquet").to_pylist()


def faults(said):
    return validate_full_spdx_document(JsonLikeDictParser().parse(said))


def test_the_validator_finds_nothing(said):
    assert faults(said) == []


def test_the_validator_would_find_a_fault(said):
    broken = [file | {"licenseConcluded": "LicenseRef-nobody-knows"} for file in said["files"]]
    assert len(faults(said | {"files": broken})) >= len(broken)


def test_the_validator_finds_nothing_in_the_starter(starter_edition):
    """Shards are small there, so that the validator, quadratic in files, is done in seconds."""
    root = starter_edition[0]
    documents = sorted((root / "spdx").glob("*.spdx.json"))
    assert [path.name.partition(".")[0] for path in documents] == sorted(
        path.stem for path in (root / "shards").glob("*.tar")
    )
    for path in documents:
        told = json.loads(path.read_bytes())
        assert faults(told) == []
        (package,) = told["packages"]
        ours = package["licenseDeclared"].split(" AND ")
        assert sorted({*package["licenseConcluded"].split(" AND "), "CC0-1.0"}) == sorted(ours)


def test_every_image_and_caption_has_its_license_and_digests(edition, said):
    files = {file["fileName"]: file for file in said["files"]}
    expected = {}
    with tarfile.open(edition / "shards" / "00000.tar") as tar:
        for row in manifest(edition):
            licenses = {"jpg": LICENSES[row["item"].partition(":")[2]][1], "txt": CAPTIONS}
            for ending, read_as in licenses.items():
                body = tar.extractfile(f"{row['key']}.{ending}").read()
                sums = [sha1(body).hexdigest(), sha256(body).hexdigest()]  # noqa: S324 - SPDX 2.3 demands SHA-1
                expected[f"./{row['key']}.{ending}"] = (read_as, sums)
    assert expected == {
        name: (
            file["licenseConcluded"],
            [each["checksumValue"] for each in file["checksums"]],
        )
        for name, file in files.items()
    }


def test_the_attribution_line_stands_at_the_image(edition, said):
    files = {file["fileName"]: file for file in said["files"]}
    for row in manifest(edition):
        assert files[f"./{row['key']}.jpg"]["attributionTexts"] == [row["attribution"]]
        assert "attributionTexts" not in files[f"./{row['key']}.txt"], "CC0 asks for none"


def test_the_package_is_the_shard(edition, said):
    (package,) = said["packages"]
    tar = (edition / package["packageFileName"]).read_bytes()
    assert package["checksums"] == [
        {"algorithm": "SHA256", "checksumValue": sha256(tar).hexdigest()}
    ]
    sums = sorted(file["checksums"][0]["checksumValue"] for file in said["files"])
    code = package["packageVerificationCode"]
    whole = sha1("".join(sums).encode()).hexdigest()  # noqa: S324 - SPDX 2.3, section 7.9
    assert code["packageVerificationCodeValue"] == whole
    left_out = [f"./{row['key']}.json" for row in manifest(edition)]
    assert code["packageVerificationCodeExcludedFiles"] == left_out
    assert package["licenseConcluded"] == f"CC-BY-4.0 AND CC0-1.0 AND ({CHOICE}) AND {PORT}"


def test_a_license_off_the_spdx_list_is_told(said):
    (found,) = said["hasExtractedLicensingInfos"]
    assert found["licenseId"] == PORT
    assert found["seeAlsos"] == ["https://creativecommons.org/licenses/by-sa/2.0/de/"]
    assert found["seeAlsos"][0] in found["extractedText"]


def test_the_document_knows_only_the_snapshot_date(said):
    assert said["creationInfo"]["created"] == "2023-11-14T00:00:00Z"


def test_the_same_edition_gives_the_same_bytes(tmp_path, edition):
    path = "spdx/00000.spdx.json"
    assert (built(tmp_path / "elsewhere") / path).read_bytes() == (edition / path).read_bytes()


def test_the_namespace_is_made_of_all_the_rest(said):
    name, _, digest = said["documentNamespace"].rpartition("-")
    rest = said | {"documentNamespace": name}
    body = json.dumps(rest, ensure_ascii=False, separators=(",", ":")).encode()
    assert name == "https://spdx.org/spdxdocs/tiny-1-00000"
    assert digest == sha256(body).hexdigest()


def test_a_start_does_not_pay_for_spdx():
    """Only an edition that is published needs the SPDX libraries (0.4 s to import)."""
    code = (
        "import sys, curator.cli, curator.build\n"
        "assert not {'spdx_tools', 'spdx_python_model', 'rdflib'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
