"""The whole build: what it publishes, that nothing is lost, and that its bytes never differ."""

import json
import tarfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from world import World, mixed, run, shuffled, tree

REASONS = {
    "unlicensed": "rights.none",
    "refused": "rights.refused",
    "noncommercial": "rights.refused",
    "bare": "rights.pd-reason",
    "untitled": "caption.none",
    "twin": "dup.exact",
    "good-001": "rights.conflict",
    "contradicts": "rights.conflict",
    "gone": "fetch.gone",
    "small": "image.small",
    "flat": "image.flat",
    "broken": "image.broken",
}


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")  # 2023-11-14


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """One edition of the mixed world, with a full ledger and every language."""
    root = tmp_path_factory.mktemp("made")
    world = mixed(root)
    world.settings = "policy: {ledger: full}\ncaptions: {per_image: each}\n"
    result = run("build", world.write(), "--workers", 1, "--json")
    assert result.exit_code == 0, result.output
    return root / "editions" / "tiny-1", json.loads(result.stdout)


def table(edition: Path, name: str) -> list[dict[str, object]]:
    return pq.read_table(edition / name / "part-00000.parquet").to_pylist()


def build(world: World, *options: object) -> dict[str, bytes]:
    """The bytes of a fresh edition."""
    result = run("build", world.write(), *options)
    assert result.exit_code == 0, result.output
    return tree(world.root / "editions" / "tiny-1")


def test_every_item_meets_its_fate(made):
    edition, _ = made
    ledger = {row["item"].partition(":")[2]: row["reason"] for row in table(edition, "ledger")}
    twins = {ledger.pop("twin", None), ledger.pop("good-000", None)}
    assert twins == {"dup.exact", None}, "one of the twins stays, whichever has the lower key"
    assert ledger == {name: why for name, why in REASONS.items() if name != "twin"}


def test_conservation(made):
    _, said = made
    for of in (said["counts"], *said["sources"].values()):
        parts = ("published", "held", "rejected", "pending", "withheld")
        assert of["gathered"] == sum(of[part] for part in parts)
    unpublished = said["counts"]["gathered"] - said["counts"]["published"]
    assert sum(said["reasons"].values()) == unpublished


def test_an_item_with_two_languages_gives_two_pairs_in_one_shard(made):
    edition, said = made
    rows = [row for row in table(edition, "manifest") if row["item"] == "tiny:good-002"]
    assert [row["caption_lang"] for row in rows] == ["en", "ja"]
    assert [row["key"][20:] for row in rows] == ["-en", "-ja"]
    assert len({row["shard"] for row in rows}) == 1
    assert said["counts"]["pairs"] == len(table(edition, "manifest"))


def test_shards_hold_what_the_manifest_says_in_its_order(made):
    edition, _ = made
    rows = table(edition, "manifest")
    assert [row["key"] for row in rows] == sorted(row["key"] for row in rows)
    with tarfile.open(edition / "shards" / "00000.tar") as tar:
        names = tar.getnames()
        first = json.loads(tar.extractfile(f"{rows[0]['key']}.json").read())
        assert {(m.mtime, m.uid, m.gid) for m in tar} == {(0, 0, 0)}
    parts = [f"{row['key']}.{ext}" for row in rows for ext in ("jpg", "json", "txt")]
    assert names == parts
    assert first["image_license"] == rows[0]["image_license"]


def test_attribution_names_creator_license_and_page(made):
    edition, _ = made
    row = next(row for row in table(edition, "manifest") if row["item"] == "tiny:shared-alike")
    for part in ("Nobody at all", "CC-BY-SA-3.0", "https://example.org/shared-alike", "converted"):
        assert part in row["attribution"]
    lines = (edition / "attribution" / "tiny.csv").read_text().splitlines()
    assert len(lines) == 1 + len({row["item"] for row in table(edition, "manifest")})


def test_a_short_ledger_names_nobody(tmp_path):
    edition = build(mixed(tmp_path), "--workers", 1)
    ledger = edition["ledger/part-00000.parquet"]
    assert b"unlicensed" not in ledger
    assert b"Nobody at all" not in ledger


@pytest.mark.parametrize("workers", [1, 2])
def test_same_bytes_in_another_folder_order_and_number_of_workers(tmp_path, workers):
    one = build(mixed(tmp_path / "one", extra=300), "--workers", workers)
    other = mixed(tmp_path / "two" / "deeper", extra=300)
    (other.root / "reversed.csv").unlink(missing_ok=True)
    other.rows = shuffled(other.rows)
    assert build(other, "--workers", 1) == one


def test_a_second_run_does_nothing_and_reads_no_image_again(tmp_path):
    world = mixed(tmp_path)
    build(world, "--workers", 1)
    before = {p: p.stat().st_mtime_ns for p in (tmp_path / ".curator" / "inspect").iterdir()}
    again = run("build", tmp_path / "sources.yaml", "--workers", 1)
    assert again.exit_code == 0
    assert "Nothing to do" in again.stdout
    after = {p: p.stat().st_mtime_ns for p in (tmp_path / ".curator" / "inspect").iterdir()}
    assert after == before


def test_a_stricter_policy_needs_no_decode(tmp_path):
    world = mixed(tmp_path)
    build(world, "--workers", 1)
    before = {p: p.stat().st_mtime_ns for p in (tmp_path / ".curator" / "inspect").iterdir()}
    world.settings = "captions: {max_same: 1}\nlanguages: [en]\n"
    result = run("build", world.write(), "--workers", 1, "--out", tmp_path / "strict")
    assert result.exit_code == 0, result.output
    rows = table(tmp_path / "strict", "manifest")
    assert {row["caption_lang"] for row in rows} == {"en"}
    after = {p: p.stat().st_mtime_ns for p in (tmp_path / ".curator" / "inspect").iterdir()}
    assert after == before


def test_an_edition_is_never_rewritten(tmp_path):
    world = mixed(tmp_path)
    first = build(world, "--workers", 1)
    world.add("one-more")
    result = run("build", world.write(), "--workers", 1)
    assert result.exit_code == 2
    assert "version" in result.stderr
    assert tree(tmp_path / "editions" / "tiny-1") == first
    assert not (tmp_path / "editions" / "tiny-1.partial").exists()


def test_nothing_publishable_is_a_finding_and_leaves_no_edition(tmp_path):
    world = World(tmp_path).add("only", license="all rights reserved")
    result = run("build", world.write(), "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["edition"] is None
    assert not (tmp_path / "editions").exists()


def test_a_caption_under_too_many_images_is_capped(tmp_path):
    world = World(tmp_path)
    world.settings = "captions: {max_same: 3}\n"
    for number in range(5):
        world.add(f"same-{number}", title="The very same words")
    result = run("build", world.write(), "--json")
    assert json.loads(result.stdout)["reasons"] == {"caption.cap": 2}


def test_two_records_of_one_id_are_both_held(tmp_path):
    world = World(tmp_path).add("fine").add("double").add("second")
    world.rows[-1]["id"] = "double"
    result = run("build", world.write(), "--json")
    said = json.loads(result.stdout)
    assert said["reasons"] == {"source.ambiguous": 2}
    assert said["counts"]["gathered"] == 3


def test_near_twins_leave_one(tmp_path):
    from PIL import Image  # noqa: PLC0415

    world = World(tmp_path).add("first", license="CC0-1.0")
    with Image.open(tmp_path / "first.png") as image:
        image.resize((192, 160)).save(tmp_path / "second.png")
    world.add("second", image="second.png")
    result = run("build", world.write(), "--json")
    assert json.loads(result.stdout)["reasons"] == {"dup.near": 1}
    rows = table(tmp_path / "editions" / "tiny-1", "manifest")
    assert [row["item"] for row in rows] == ["tiny:first"], "the least demanding license stays"


def test_torch_and_pandas_are_never_imported(tmp_path):
    import subprocess  # noqa: PLC0415
    import sys  # noqa: PLC0415

    recipe = mixed(tmp_path).write()
    code = (
        "import sys; sys.argv=['curator','build',sys.argv[1],'--workers','1']\n"
        "from curator.__main__ import main\n"
        "try: main()\n"
        "except SystemExit as end: assert end.code == 0\n"
        "bad = {'torch', 'pandas', 'open_clip', 'httpx'}\n"
        "assert not bad & set(sys.modules), bad & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(recipe)], check=True, capture_output=True)
