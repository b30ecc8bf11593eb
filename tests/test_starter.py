"""The starter collection: what it must publish, and what it must refuse and why."""

import hashlib
import json
import re
import tarfile

import pyarrow.parquet as pq
import pytest
from world import run

MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
MUST_FALL = {
    *("rights.none", "rights.refused", "rights.pd-reason", "dup.exact", "dup.near"),
    *("caption.cap", "caption.none", "ai.metadata", "ai.undeclared"),
}


@pytest.fixture(scope="session")
def said(starter_edition):
    return starter_edition[1]


@pytest.fixture(scope="session")
def manifest(starter_edition):
    return pq.read_table(starter_edition[0] / "manifest" / "part-00000.parquet").to_pylist()


def test_pairs_photographs_and_languages(said, manifest):
    assert said["counts"]["pairs"] == len(manifest) >= 350
    assert sum(row["caption_lang"] == "ja" for row in manifest) >= 120
    assert len({row["item"] for row in manifest if row["source"].startswith("gcompris")}) >= 100
    openmoji = [row for row in manifest if row["source"].startswith("openmoji")]
    assert len({row["item"] for row in openmoji}) >= 140


def test_every_kind_of_refusal_happens(said):
    assert said["reasons"].keys() >= MUST_FALL
    assert said["reasons"]["ai.undeclared"] >= 3
    assert said["counts"]["gathered"] == sum(
        said["counts"][name] for name in ("published", "held", "rejected", "pending", "withheld")
    )


def test_the_drawn_image_falls_by_its_embedded_label_alone(starter_edition):
    ledger = pq.read_table(starter_edition[0] / "ledger" / "part-00000.parquet").to_pylist()
    (row,) = [row for row in ledger if row["source"] == "ai-drawn"]
    yes = [e for e in row["evidence"] if e["question"].startswith("ai.") and e["answer"] == "yes"]
    assert row["reason"] == "ai.metadata"
    assert {e["basis"] for e in yes} == {"embedded"}


def test_refused_on_rights_are_records_only(root, starter_edition):
    """What may not be copied is in the collection as a record, never as a picture."""
    ledger = pq.read_table(starter_edition[0] / "ledger" / "part-00000.parquet").to_pylist()
    for row in ledger:
        if row["reason"] not in {"rights.refused", "rights.none", "rights.pd-reason"}:
            continue
        source, _, own = row["item"].partition(":")
        file = root / "curator" / "starter" / source.rpartition("-")[0] / own
        assert not file.exists() or b"<path" not in file.read_bytes(), row["item"]


def test_no_address_is_published(starter_edition):
    for path in starter_edition[0].rglob("*"):
        if path.suffix in {".csv", ".md"}:
            assert not MAIL.search(path.read_text(encoding="utf-8")), path.name


def test_every_stored_image_is_what_the_manifest_says(starter_edition, manifest):
    wanted = {f"{row['key']}.jpg": row["stored_sha256"] for row in manifest}
    for path in sorted((starter_edition[0] / "shards").glob("*.tar")):
        with tarfile.open(path) as tar:
            for member in tar:
                if member.name.endswith(".jpg"):
                    body = tar.extractfile(member).read()
                    assert hashlib.sha256(body).hexdigest() == wanted.pop(member.name)
    assert wanted == {}


def test_the_refused_source_is_disclosed(starter_edition):
    card = (starter_edition[0] / "README.md").read_text(encoding="utf-8")
    assert "tuxpaint-stamps" in card
    assert "GPL-2" in card


def test_every_published_work_has_a_creator_a_license_and_its_text(starter_edition, manifest):
    texts = {path.stem for path in (starter_edition[0] / "licenses").glob("*.txt")}
    for row in manifest:
        assert row["creator"], row["item"]
        assert row["image_license"] in texts
        assert row["caption_license"] in texts
        assert row["ai_class"] in {"predates-file", "predates-work"}
        assert row["ai_date"] < "2021-01-01"
        assert row["ai_witness"]


def test_verify_find_and_explain_speak_of_it(starter_edition, manifest):
    edition = starter_edition[0]
    assert run("verify", edition).exit_code == 0
    found = run("find", edition, "--creator", manifest[0]["creator"], "--json")
    assert manifest[0]["item"] in {m["item"] for m in json.loads(found.stdout)["matches"]}
    assert run("explain", edition, manifest[0]["key"]).exit_code == 0
