"""A whole build from an opt-in folder: what is covered is published, and nothing private is."""

import hashlib
import json

import pyarrow.parquet as pq
import pytest
from made_up_consents import ADA, BO, TERMS, draft, dumped, ended, key_of, person, signed
from world import HEAD, picture, run, tree

from curator import data
from curator.core.consent_signing import sign

TEXT = data.blob(f"texts/{TERMS}.txt")
SOURCE = """\
sources:
  - id: artists
    connector: folder
    basis: opt-in
    path: artists
    captions_license: CC0-1.0
    consents: artists/consents
"""
GROWN_UP = key_of("Grown Up")
PRIVATE = (b"private.example", b"Grown Up", b"555-0100")


def _draw(folder, names, creator):
    digests = []
    for number, name in enumerate(names, start=len(list(folder.glob("*.png")))):
        path = folder / f"{name}.png"
        picture(number).save(path)
        about = {
            "title": f"Blotches called {name}",
            "creator": creator,
            "license": TERMS,
            "captions": [{"text": f"Blotches called {name}", "lang": "en", "kind": "human-title"}],
        }
        path.with_suffix(".json").write_text(json.dumps(about))
        digests.append({"sha256": hashlib.sha256(path.read_bytes()).hexdigest()})
    return digests


@pytest.fixture
def world(tmp_path, monkeypatch):
    """Ada consents to two works, Bo, a minor, to two; three more works have no good consent."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772323200")  # 2026-03-01
    folder = tmp_path / "artists"
    (folder / "consents").mkdir(parents=True)
    ada = signed(draft(TEXT, works=_draw(folder, ["ada-1", "ada-2"], "Ada Example")))
    minor = draft(
        TEXT,
        id="consent-0002",
        creator=person("Bo Example", BO, contact="https://private.example/555-0100"),
        minor=True,
        guardian=person("Grown Up", GROWN_UP),
        works=_draw(folder, ["bo-1", "bo-2"], "Bo Example"),
    )
    bo = sign(sign(dumped(minor), BO, "creator"), GROWN_UP, "guardian")
    _draw(folder, ["uncovered"], "Ada Example")
    late = draft(
        TEXT,
        id="consent-0003",
        works=_draw(folder, ["expired"], "Ada Example"),
        expiry="2026-02-01",
    )
    narrow = draft(
        TEXT,
        id="consent-0004",
        works=_draw(folder, ["unmined"], "Ada Example"),
        scopes=late["scopes"] | {"data_mining": "notAllowed"},
    )
    records = {"ada": ada, "bo": bo, "late": signed(late), "narrow": signed(narrow)}
    for name, record in records.items():
        (folder / "consents" / f"{name}.json").write_bytes(record)
    (tmp_path / "sources.yaml").write_text(HEAD + SOURCE)
    return tmp_path


def _build(world, name):
    done = run("build", world / "sources.yaml", "--out", world / name, "--workers", 1, "--json")
    assert done.exit_code == 0, done.output
    rows = pq.read_table(world / name / "manifest" / "part-00000.parquet").to_pylist()
    return json.loads(done.stdout), {row["item"].partition(":")[2]: row for row in rows}


def test_exactly_the_covered_files_are_published(world):
    said, rows = _build(world, "first")
    assert rows.keys() == {"ada-1.png", "ada-2.png", "bo-1.png", "bo-2.png"}
    assert said["reasons"] == {"rights.consent": 3}
    row = rows["ada-1.png"]
    assert (row["ai_class"], row["stratum"], row["creator"]) == (
        "declared",
        "opt-in",
        "Ada Example",
    )
    assert row["image_license"] == TERMS
    assert [e["value"] for e in row["evidence"] if e["question"] == "consent"] == ["consent-0001"]
    assert (world / "first" / "licenses" / f"{TERMS}.txt").read_bytes() == TEXT


def test_nothing_private_reaches_the_edition(world):
    _build(world, "first")
    for path, body in tree(world / "first").items():
        if path.endswith(".parquet"):
            body = repr(pq.read_table(world / "first" / path).to_pylist()).encode()  # noqa: PLW2901
        assert [word for word in PRIVATE if word in body] == [], path


def test_what_is_revoked_is_gone_from_the_next_edition(world):
    _build(world, "first")
    consents = world / "artists" / "consents"
    by_guardian = ended((consents / "bo.json").read_bytes(), GROWN_UP)
    (consents / "end.json").write_bytes(by_guardian)
    said, rows = _build(world, "second")
    assert rows.keys() == {"ada-1.png", "ada-2.png"}
    assert said["reasons"] == {"rights.consent": 5}
    (consents / "end2.json").write_bytes(ended((consents / "ada.json").read_bytes(), ADA))
    done = run("build", world / "sources.yaml", "--out", world / "third", "--workers", 1)
    assert done.exit_code == 1
    assert not (world / "third").exists()


def test_a_file_that_changed_is_covered_no_longer(world):
    picture(77).save(world / "artists" / "ada-1.png")
    _, rows = _build(world, "first")
    assert "ada-1.png" not in rows


def test_the_same_drawing_under_two_names_is_a_conflict(world):
    consents = world / "artists" / "consents"
    works = json.loads((consents / "ada.json").read_bytes())["works"][:1]
    other = key_of("Mallory")
    contact = person("Mallory Example", other, contact="m@private.example")
    claim = dumped(draft(TEXT, id="consent-0666", creator=contact, works=works))
    (consents / "mallory.json").write_bytes(sign(claim, other, "creator"))
    said, rows = _build(world, "first")
    assert "ada-1.png" not in rows
    assert said["reasons"]["rights.conflict"] == 1


def test_consents_may_lie_beside_the_folder_of_works(world):
    recipe = world / "sources.yaml"
    inside = run("build", recipe, "--out", world / "first", "--json")
    (world / "artists" / "consents").rename(world / "consents")
    recipe.write_text(recipe.read_text().replace("artists/consents", "consents"))
    beside = run("build", recipe, "--out", world / "second", "--json")
    assert json.loads(beside.stdout)["counts"] == json.loads(inside.stdout)["counts"]


def test_a_folder_of_consents_that_is_not_there_is_a_fault(world):
    recipe = world / "sources.yaml"
    recipe.write_text(recipe.read_text().replace("artists/consents", "elsewhere"))
    done = run("build", recipe)
    assert done.exit_code == 2
    assert "elsewhere" in done.stderr
