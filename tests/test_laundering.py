"""Whole builds over stolen, disputed and unreviewed pictures; how rights once read is kept."""

import csv
import json
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from PIL import Image
from world import HEAD, World, picture, run, shuffled

from curator.core.ids import sha256
from curator.core.policy import CLASSES, Policy
from curator.io.store import Store
from curator.model import AiClass, Basis, ItemId
from curator.steps import clock
from curator.steps.rows import Declared, Slice
from curator.steps.settle import Seen
from curator.terms import Limits, Terms

TABLE = """\
  - id: {id}
    connector: table
    basis: open-license
    path: {id}.csv
    captions_license: CC0-1.0
    published: {{date: 2020-01-01, witness: "a test", covers: all}}
    notes: [restriction, template, category, uploaded_from]
    columns:
      id: id
      image: image
      creator: creator
      license: license
      file_url: url
      captions: [{{column: title, lang: en, kind: human-title}}]
"""
COLUMNS = ("id", "image", "title", "creator", "license", "url")
NOTES = ("restriction", "template", "category", "uploaded_from")
POLICY = Policy(Basis.OPEN_LICENSE, frozenset(CLASSES), frozenset(AiClass), date(2021, 1, 1))
ANN = {"creator": "Ann Inkwell", "license": "CC BY 4.0"}
BO = {"creator": "Bo Quill", "license": "CC BY 4.0"}
# (source, id, what its row says beside the defaults, the reason that is expected)
CASES = [
    ("alpha", "fine", ANN, None),
    ("alpha", "stolen", ANN | {"image": "1.png"}, "source.ambiguous"),
    ("beta", "stolen", BO | {"image": "1.png"}, "source.ambiguous"),
    ("alpha", "relicensed", ANN | {"image": "2.png"}, "rights.conflict"),
    ("beta", "relicensed", ANN | {"image": "2.png", "license": "CC0"}, "rights.conflict"),
    ("alpha", "scaled", ANN | {"image": "3.png"}, "source.ambiguous"),
    ("beta", "scaled", BO | {"image": "3-large.png", "license": "CC0"}, "source.ambiguous"),
    ("alpha", "alike", ANN | {"image": "4.png"}, "dup.near"),
    ("alpha", "alike-too", BO | {"image": "4-large.png", "license": "CC0"}, None),
    ("alpha", "hotlinked", ANN | {"url": "https://example.org/5.png"}, "rights.conflict"),
    (
        "beta",
        "hotlinked",
        BO | {"url": "https://example.org/5.png", "license": "CC BY-NC 4.0"},
        "rights.refused",
    ),
    ("beta", "statue", ANN | {"template": "FoP-Nowhere"}, "rights.depicted"),
    ("beta", "portrait", ANN | {"restriction": "personality"}, "people.personality"),
    ("beta", "logo", ANN | {"restriction": "trademarked"}, "rights.mark"),
    ("beta", "unknown-notice", ANN | {"restriction": "made-up"}, "rights.unreadable"),
    ("beta", "brought", ANN | {"uploaded_from": "flickr"}, "rights.review"),
    ("beta", "accused", ANN | {"template": "Copyvio"}, "rights.review"),
    (
        "beta",
        "reviewed",
        ANN | {"uploaded_from": "flickr", "category": "Flickr images reviewed by FlickreviewR 2"},
        None,
    ),
]


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")  # 2023-11-14


def written(root: Path, *, backwards: bool) -> Path:
    """The fictitious world of CASES: two tables, drawn pictures, a recipe."""
    root.mkdir(parents=True)
    rows: dict[str, list[dict[str, str]]] = {"alpha": [], "beta": []}
    for number, (source, name, said, _) in enumerate(CASES):
        own = f"own-{number}.png"
        row = {"id": name, "image": own, "title": f"Blotches {number}"} | said
        picture(100 + number).save(root / own)
        rows[source].append(row)
    for number in (1, 2, 3, 4):
        picture(number).save(root / f"{number}.png")
        large = picture(number).resize((192, 160), Image.Resampling.BICUBIC)
        large.save(root / f"{number}-large.png")
    sources = ""
    for source, each in rows.items():
        with (root / f"{source}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, (*COLUMNS, *NOTES))
            writer.writeheader()
            writer.writerows(shuffled(each) if backwards else each)
        sources += TABLE.format(id=source)
    recipe = root / "sources.yaml"
    settings = "policy: {ledger: full}\n"
    recipe.write_text(f"{HEAD}{settings}sources:\n{sources}", encoding="utf-8")
    return recipe


@pytest.mark.parametrize("backwards", [False, True], ids=["as listed", "shuffled"])
def test_every_case_ends_as_it_must(tmp_path, backwards):
    recipe = written(tmp_path / "w", backwards=backwards)
    result = run("build", recipe, "--workers", 1, "--json")
    assert result.exit_code == 0, result.output
    edition = Path(json.loads(result.stdout)["edition"])
    ledger = pq.read_table(edition / "ledger" / "part-00000.parquet").to_pylist()
    manifest = pq.read_table(edition / "manifest" / "part-00000.parquet").to_pylist()
    found = {row["item"]: row["reason"] for row in ledger} | {row["item"]: None for row in manifest}
    assert found == {f"{source}:{name}": reason for source, name, _, reason in CASES}
    assert {row["rights_read_at"] for row in manifest} == {"2023-11-14"}
    assert run("verify", edition).exit_code == 0


def _seen(world: World) -> list[Seen]:
    """The only slice of a small world as `build` hands it on, when it is built anew."""
    out = world.root / f"edition-{len(list(world.root.glob('edition-*')))}"
    result = run("build", world.write(), "--workers", 1, "--out", out)
    assert result.exit_code == 0, result.output
    steps = ("gather", "clear", "fetch", "inspect")
    tables = [sorted((world.root / ".curator" / step).glob("*.parquet")) for step in steps]
    (part,), (cleared,), (fetched,), (inspected,) = tables
    source = Declared(Terms("tiny", Basis.OPEN_LICENSE), POLICY, Limits(), world.root)
    return [Seen(Slice(source, "tiny-0", "", part, 0), cleared, fetched, inspected)]


def test_what_a_later_look_finds_never_removes_what_an_earlier_one_saw(tmp_path):
    world = World(tmp_path).add("kept").add("given-later", license="all rights reserved")
    world.add("neither", license="all rights reserved").add("always")
    store = Store(tmp_path / "memory")
    seen = _seen(world)
    (path,) = clock.note(seen, "2023-11-14", store)
    body = path.read_bytes()
    assert clock.note(seen, "2023-12-24", store) == {path}, "the same looks add nothing"
    world.rows[0]["license"], world.rows[1]["license"] = "all rights reserved", "CC0-1.0"
    later = clock.note(_seen(world), "2024-02-03", store)
    assert len(later) == 2
    assert path in later
    assert path.read_bytes() == body
    assert sum(len(store.load(each)) for each in later) == 6, "only what reads otherwise is added"
    looks = clock.captures(store, before="9999-01-01")
    assert {item: (look.license, look.date) for item, look in looks.items()} == {
        "tiny:always": ("CC-BY-4.0", "2023-11-14"),
        "tiny:given-later": ("CC0-1.0", "2024-02-03"),
        "tiny:kept": ("CC-BY-4.0", "2023-11-14"),
        "tiny:neither": ("", "2023-11-14"),
    }
    kept = looks[ItemId("tiny:kept")]
    assert (kept.words, kept.where) == ("CC-BY-4.0", "items.csv: license")
    assert kept.sha256 == sha256((tmp_path / "kept.png").read_bytes())


def test_a_folder_without_looks_has_no_captures(tmp_path):
    store = Store(tmp_path)
    assert clock.captures(store, before="9999-01-01") == {}
    assert clock.note([], "2023-11-14", store) == frozenset()


def later(world: World, monkeypatch: pytest.MonkeyPatch, *options: object) -> dict[str, object]:
    """A new snapshot of the same work folder, a year on."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1_700_000_000 + 365 * 86_400))
    out = world.root / "later"
    result = run("build", world.write(), "--refresh", "--out", out, "--json", *options)
    return json.loads(result.stdout)["reasons"]


def test_a_changed_local_record_is_a_correction_also_in_a_later_snapshot(tmp_path, monkeypatch):
    """The operator's own words are no grant that could not be withdrawn."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    world = World(tmp_path).add("other").add("one")
    assert run("build", world.write()).exit_code == 0
    world.rows[-1]["license"] = "all rights reserved"
    assert later(world, monkeypatch) == {"rights.unknown": 1}


def test_a_correction_within_a_snapshot_counts_at_once(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    world = World(tmp_path).add("other").add("one")
    assert run("build", world.write()).exit_code == 0
    world.rows[-1]["license"] = "all rights reserved"
    result = run("build", world.write(), "--out", tmp_path / "again", "--json")
    assert json.loads(result.stdout)["reasons"] == {"rights.unknown": 1}
