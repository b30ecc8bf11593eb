"""Public domain from the record to the manifest: a build of made-up records, and recorded ones."""

import csv
import json
import re

import pyarrow.parquet as pq
import pytest
from world import HEAD, picture, run

from curator.checks.rights.public_domain import PUBLIC_DOMAIN
from curator.model import Answer, Basis, Candidate, Claim, ItemId
from curator.terms import Terms
from curator.view import View

RECIPE = """\
policy: {pd_scope: [origin, us, eu, jp]}
sources:
  - id: hall
    connector: table
    basis: public-domain
    path: items.csv
    captions_license: CC0-1.0
    published: {date: 2020-01-01, witness: "a test", covers: all}
    columns:
      {id: id, image: image, title: title, creator: creator, license: rights,
       captions: [{column: title, lang: en, kind: human-title}]}
    notes: {creator_died: died, work_date: made, institution: keeper, template: tag}
"""
ROWS = (
    ("kept", "CC-PDM-1.0", "1850", "1830-1840", "Made-up Museum", ""),
    ("posted", "CC-PDM-1.0", "1850", "1840", "", ""),
    ("undated", "CC-PDM-1.0", "", "c. 1840", "Made-up Museum", ""),
    ("tagged", "Public domain", "1850", "1840", "", "PD-Art|PD-old-100"),
    ("american", "PD-USGov-NASA", "", "", "", ""),
    ("given", "CC0-1.0", "", "", "", ""),
)


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    root = tmp_path_factory.mktemp("hall")
    with (root / "items.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(
            ("id", "rights", "died", "made", "keeper", "tag", "image", "title", "creator")
        )
        for number, row in enumerate(ROWS):
            picture(number).save(root / f"{number}.png")
            writer.writerow((*row, f"{number}.png", f"Blotches number {number}", "Ada Example"))
    (root / "sources.yaml").write_text(HEAD + RECIPE, encoding="utf-8")
    done = run("build", root / "sources.yaml", "--out", root / "edition", "--work", root / "work")
    assert done.exit_code == 0, done.output
    return root / "edition"


def by_item(edition, name):
    rows = pq.read_table(edition / name / "part-00000.parquet").to_pylist()
    return {row["item"]: row for row in rows}


def test_a_reason_is_published_and_the_lack_of_one_is_held(edition):
    assert set(by_item(edition, "manifest")) == {"hall:kept", "hall:tagged", "hall:given"}
    told = json.loads((edition / "edition.json").read_text(encoding="utf-8"))
    assert told["reasons"] == {"rights.pd-reason": 3}


def test_the_manifest_carries_the_words_that_the_reason_rests_on(edition):
    rows = by_item(edition, "manifest")
    found = {
        item: [(e["value"], e["quote"]) for e in row["evidence"] if e["question"] == "pd-reason"]
        for item, row in rows.items()
    }
    assert found["hall:kept"] == [
        (
            "mark-by-institution:eu,jp,origin,us",
            (
                "creator_died: 1850; work_date: 1830-1840; institution: Made-up Museum; "
                "items.csv: rights: CC-PDM-1.0"
            ),
        )
    ]
    assert found["hall:tagged"] == [
        (
            "pd-art-age:eu,jp,origin,us",
            "creator_died: 1850; work_date: 1840; template: PD-Art|PD-old-100",
        )
    ]
    assert found["hall:given"] == []


def test_the_manifest_says_whose_word_it_is(edition):
    rows = by_item(edition, "manifest")
    assert "as stated by Made-up Museum (creator_died: 1850" in rows["hall:kept"]["pd_reason"]
    assert "as stated by the record of hall (" in rows["hall:tagged"]["pd_reason"]
    assert rows["hall:given"]["pd_reason"] == (
        "The holder has given up every right by CC0; holds everywhere; "
        "as stated by Ada Example (CC0-1.0)"
    )


def evidence(statement, created="", **facts):
    """What the check says of a record, as the snapshot of 2026-11-22 has it."""
    notes = tuple((name, text) for name, texts in facts.items() for text in texts if text)
    claims = (Claim("image", statement, "record"),)
    one = Candidate(ItemId("recorded:1"), "1.jpg", claims, created=created, notes=notes)
    terms = Terms("recorded", Basis.PUBLIC_DOMAIN)
    return PUBLIC_DOMAIN.look([View(one, terms, date="2026-11-22")])[0]


@pytest.fixture(scope="module")
def commons(shared):
    folder = shared / "cases" / "source-records" / "wikimedia_commons"
    path = folder / "openverse_continuation_wmc_pretty123.json"
    pages = json.loads(path.read_text(encoding="utf-8"))["query"]["pages"].values()
    found = {page["title"]: page["imageinfo"][0]["extmetadata"] for page in pages}
    return {
        title: {name: str(field["value"]) for name, field in data.items()}
        for title, data in found.items()
    }


@pytest.mark.parametrize(
    ("title", "died", "answer", "value"),
    [
        pytest.param("Edvard Munch", "", Answer.YES, "pd-art-expired-us:us", id="Munch, undated"),
        pytest.param("Edvard Munch", "1944", Answer.YES, "pd-art-expired-us:us", id="Munch"),
        pytest.param("sea-urchins", "", Answer.YES, "age-expired-us:us", id="a book of 1925"),
        pytest.param("Volcano", "", Answer.YES, "us-government:origin,us", id="a NASA picture"),
    ],
)
def test_commons_files_that_say_public_domain(commons, title, died, answer, value):
    (data,) = (fields for name, fields in commons.items() if title in name)
    tags = [tag for tag in data["Categories"].split("|") if "PD" in tag]
    created = re.sub(r"<.*", "", data["DateTimeOriginal"])
    (found,) = evidence(data["License"], created, template=tags, creator_died=[died])
    assert data["Copyrighted"] == "False"
    assert (found.answer, found.value) == (answer, value)


def test_a_commons_date_with_markup_is_no_year(commons):
    (data,) = (fields for name, fields in commons.items() if "Edvard Munch" in name)
    (found,) = evidence("pd", data["DateTimeOriginal"], template=["PD-Art|PD-old-auto-expired"])
    assert found.answer is Answer.UNKNOWN


def test_the_other_commons_files_are_not_asked(commons):
    licenses = {data["License"] for data in commons.values()} - {"pd"}
    assert licenses
    assert [evidence(text) for text in licenses] == [()] * len(licenses)


def test_museum_records(shared):
    records = shared / "cases" / "source-records"
    met = json.loads(
        (records / "met" / "openverse_sample_response_without_additional.json").read_text()
    )
    keeper, made = [met["repository"]], [f"{met['objectBeginDate']}-{met['objectEndDate']}"]
    assert evidence("CC0-1.0") == ()  # what `isPublicDomain` stands for there
    (found,) = evidence(
        "CC-PDM-1.0", institution=keeper, work_date=made, creator_died=[met["artistEndDate"]]
    )
    assert (found.answer, made) == (Answer.UNKNOWN, ["1662-1722"])  # nobody knows who made it
    path = records / "cleveland" / "openverse_complete_data.json"
    cleveland = json.loads(path.read_text(encoding="utf-8"))
    (creator,) = cleveland["creators"]
    facts = {"work_date": [cleveland["creation_date"]], "creator_died": [creator["death_year"]]}
    (found,) = evidence("CC-PDM-1.0", institution=["Cleveland Museum of Art"], **facts)
    assert found.value == "mark-by-institution:eu,jp,origin,us"
    assert found.quote.startswith("creator_died: 1848; work_date: 1838; institution: Cleveland")
