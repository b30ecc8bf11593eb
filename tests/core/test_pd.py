"""Which reasons a record gives: the age rule, each tag, the places, whose word, every trap."""

import pytest

from curator.core import pd
from curator.model import Answer, Candidate, Claim, Evidence, Ground, ItemId, Strength

DAY = "2026-11-22"
OLD = {"creator_died": "1850", "work_date": "1840"}
ALL = "eu,jp,origin,us"


def record(statement: str = "Public domain", *templates: str, **facts: str) -> Candidate:
    created = facts.pop("created", "")
    notes = (*facts.items(), *(("template", text) for text in templates))
    claim = Claim("image", statement, "record: rights")
    return Candidate(ItemId("made-up:1"), "1.png", (claim,), created=created, notes=notes)


def proven(one: Candidate, day: str = DAY, about: str = "image") -> pd.Proof:
    claims = tuple(claim for claim in one.claims if claim.about == about)
    return pd.proof(claims, pd.facts(one, about, day))


@pytest.mark.parametrize(
    ("facts", "answer"),
    [
        pytest.param({"creator_died": "1926", "work_date": "1896"}, Answer.YES, id="100 and 130"),
        pytest.param({"creator_died": "1927", "work_date": "1896"}, Answer.NO, id="dead 99 years"),
        pytest.param({"creator_died": "1926", "work_date": "1897"}, Answer.NO, id="made 129 ago"),
        pytest.param({"creator_died": "1969", "work_date": "1890"}, Answer.NO, id="dead 57 years"),
        pytest.param({"work_date": "1700"}, Answer.UNKNOWN, id="death unknown"),
        pytest.param({"creator_died": "1800"}, Answer.UNKNOWN, id="work undated"),
        pytest.param({}, Answer.UNKNOWN, id="no date at all"),
        pytest.param(OLD | {"creator_died": "c. 1850"}, Answer.UNKNOWN, id="death about a year"),
        pytest.param(OLD | {"work_date": "[1769?]"}, Answer.UNKNOWN, id="work of a guessed year"),
        pytest.param(OLD | {"work_date": "500 BCE"}, Answer.UNKNOWN, id="before our era"),
        pytest.param(OLD | {"work_date": "1830s"}, Answer.YES, id="a decade, its last year"),
        pytest.param(
            {"creator_died": "1900", "work_date": "1890s"}, Answer.NO, id="a decade too late"
        ),
        pytest.param(
            {"creator_died": "1900", "work_date": "1880-1899"}, Answer.NO, id="a range too late"
        ),
        pytest.param(OLD | {"creator_died": "9999"}, Answer.UNKNOWN, id="a death to come"),
        pytest.param(OLD | {"work_date": "2999"}, Answer.UNKNOWN, id="a work to come"),
        pytest.param(
            {"creator_died": "1700", "work_date": "1840"}, Answer.UNKNOWN, id="made after death"
        ),
        pytest.param({"creator_died": "1850", "created": "1840"}, Answer.YES, id="record's date"),
        pytest.param(OLD | {"created": "2009-03-17"}, Answer.YES, id="the scan's date is another"),
    ],
)
def test_the_age_rule(facts, answer):
    found = proven(record("PD-old-100", **facts))
    assert found.answer is answer
    assert found.value == (f"age-creator-100:{ALL}" if answer is Answer.YES else "")


def test_both_years_are_quoted_even_beside_a_long_statement():
    found = proven(record("<b>Public domain</b>" + " " * 400, "PD-old-100", **OLD))
    assert found.quote == "creator_died: 1850; work_date: 1840; template: PD-old-100"
    assert found.where == "creator_died; work_date; template"


def test_without_the_snapshots_day_nothing_is_old():
    assert proven(record("PD-old-100", **OLD), day="").answer is Answer.UNKNOWN


def test_every_creator_must_be_dead_long_enough():
    two = (("creator_died", "1850"), ("work_date", "1840"))
    for other, answer in (("1849", Answer.YES), ("1950", Answer.NO), ("alive", Answer.UNKNOWN)):
        one = Candidate(
            ItemId("made-up:1"),
            "1.png",
            (Claim("image", "PD-old-100", "t"),),
            notes=(*two, ("creator_died", other)),
        )
        assert proven(one).answer is answer


@pytest.mark.parametrize(
    ("statement", "templates", "facts", "value"),
    [
        pytest.param("PD-old-100", (), OLD, f"age-creator-100:{ALL}", id="a tag as the claim"),
        pytest.param("pd", ("PD-old-100",), OLD, f"age-creator-100:{ALL}", id="a tag on the page"),
        pytest.param("pd", ("PD-old-70",), OLD, f"age-creator-100:{ALL}", id="the years decide"),
        pytest.param("pd", ("PD-old-auto-expired",), OLD, f"age-creator-100:{ALL}", id="automatic"),
        pytest.param("pd", ("PD-old-100-expired",), {}, "", id="a tag without dates"),
        pytest.param(
            "pd",
            ("PD-old-70-expired",),
            {"creator_died": "1944", "work_date": "1891"},
            "age-expired-us:us",
            id="old enough for the United States only",
        ),
        pytest.param(
            "pd", ("PD-Art|PD-old-100",), OLD, f"pd-art-age:{ALL}", id="a copy of a flat work"
        ),
        pytest.param(
            "pd", ("PD-scan (PD-old-70-expired)",), OLD, f"pd-art-age:{ALL}", id="as a category"
        ),
        pytest.param("pd", ("PD-Art",), OLD, "", id="a copy of who knows what"),
        pytest.param("pd", ("PD-self",), {}, f"dedication-pd-self:{ALL}", id="own dedication"),
        pytest.param("PD-author", (), {}, "", id="a reported dedication"),
        pytest.param(
            "PD-author",
            (),
            {"holder": "self"},
            f"dedication-reported:{ALL}",
            id="uploaded by its creator",
        ),
        pytest.param("PD-author", (), {"holder": "a friend"}, "", id="uploaded by a friend"),
        pytest.param("pd", ("PD-USGov-NASA",), {}, "us-government:origin,us", id="a government"),
        pytest.param("flickr:8", (), {}, "us-government:origin,us", id="a government on Flickr"),
        pytest.param(
            "PD-USGov", (), {"country": "Japan"}, "us-government:us", id="of another origin"
        ),
        pytest.param(
            "PD-USGov", (), {"country": "Atlantis"}, "us-government:us", id="of an unknown origin"
        ),
        pytest.param("PD-US-no notice", (), {}, "law-us:us", id="one country, origin not told"),
        pytest.param(
            "PD-US-no notice", (), {"country": "USA"}, "law-us:origin,us", id="and it is the origin"
        ),
        pytest.param("PD-1996", (), {"country": "US"}, "law-us-uraa:us", id="of foreign works"),
        pytest.param("PD-Japan", (), {"country": "日本"}, "law-jp:jp,origin", id="Japan"),
        pytest.param("PD-Israel", (), {}, "law-il:il", id="a country outside pd_scope"),
        pytest.param("PD-Israel", (), {"country": "IL"}, "law-il:il,origin", id="at home there"),
        pytest.param(
            "PD-anon-70-EU",
            (),
            {"work_date": "1900", "country": "France"},
            "anonymous-eu:eu,origin",
            id="a country inside the Union",
        ),
        pytest.param("PD-textlogo", (), {"country": "US"}, "", id="a judge's matter"),
        pytest.param("PD-algorithm", (), OLD, "", id="no reason of the table"),
        pytest.param("Public domain", (), OLD, "", id="bare, with dates"),
        pytest.param("CC-PDM-1.0", (), OLD, "", id="the mark, by a user"),
        pytest.param("pd", ("CC-PD-Mark",), OLD, "", id="the category that templates set"),
        pytest.param(
            "pd",
            ("CC-PD-Mark",),
            OLD | {"institution": "  "},
            "",
            id="an institution without a name",
        ),
        pytest.param(
            "CC-PDM-1.0",
            (),
            OLD | {"institution": "Made-up Museum"},
            f"mark-by-institution:{ALL}",
            id="the mark, by the keeper",
        ),
        pytest.param(
            "CC-PDM-1.0",
            (),
            {"institution": "Made-up Museum"},
            "",
            id="the mark, by the keeper, undated",
        ),
        pytest.param(
            "CC-PDM-1.0",
            (),
            {"institution": "Made-up Museum", "creator_died": "1969", "work_date": "1890"},
            "",
            id="the mark, by the keeper, too young",
        ),
        pytest.param("NoC-US", (), {}, "", id="no copyright there, says a user"),
        pytest.param("NoC-US", (), {"institution": "M"}, "noc-us:us", id="says an institution"),
        pytest.param(
            "PD-US-no notice",
            ("PD-Japan",),
            {},
            "law-us+law-jp:jp,us",
            id="two reasons add up",
        ),
        pytest.param(
            "PD-old-100", ("Not-PD-US-URAA",), OLD, "age-creator-100:eu,jp", id="a tag against"
        ),
        pytest.param(
            "PD-old-100",
            ("Not-PD-US-URAA",),
            OLD | {"country": "France"},
            "age-creator-100:eu,jp,origin",
            id="a tag against another place than the origin",
        ),
        pytest.param("PD-old-100 AND PD-1996", (), OLD, "", id="several parts, one proof"),
        pytest.param(
            "CC-BY-4.0 AND PD-old-100", ("PD-old-100",), OLD, "", id="a license beside the claim"
        ),
        pytest.param(
            "PD-Art",
            ("CC-PD-Mark",),
            OLD | {"institution": "Made-up Museum"},
            "",
            id="the keeper named, but the mark set by a template",
        ),
        pytest.param("PD-old-100 OR GFDL", (), OLD, f"age-creator-100:{ALL}", id="one arm proven"),
    ],
)
def test_each_tag_gives_its_reason_where_it_holds(statement, templates, facts, value):
    found = proven(record(statement, *templates, **facts))
    assert found.value == value
    assert (found.answer is Answer.YES) is bool(value)
    assert found.quote
    assert found.where


def test_two_statements_hold_only_where_both_do():
    one = Candidate(
        ItemId("made-up:1"),
        "1.png",
        (Claim("work", "PD-USGov", "left"), Claim("work", "PD-US-no notice", "right")),
    )
    assert proven(one, about="work").value == "us-government+law-us:us"
    other = Candidate(one.item, one.image, (one.claims[0], Claim("work", "PD", "right")))
    assert proven(other, about="work").value == ""


def test_the_dates_of_a_depicted_work_prove_nothing_of_its_photograph():
    notes = tuple(OLD.items())
    claims = (Claim("image", "PD-old-100", "photo"), Claim("work", "PD-old-100", "statue"))
    statue = Candidate(ItemId("made-up:1"), "1.png", claims, notes=notes)
    assert proven(statue).answer is Answer.UNKNOWN
    assert proven(statue, about="work").answer is Answer.YES
    flat = Candidate(
        statue.item,
        statue.image,
        (Claim("image", "PD-Art|PD-old-100", "photo"), claims[1]),
        notes=notes,
    )
    assert proven(flat).value == f"pd-art-age:{ALL}"


def said(about: str, question: str, value: str, words: str = "") -> Evidence:
    return Evidence(
        about, "made-up@1", question, Answer.YES, Ground.DECLARED, quote=words, value=value
    )


def told(license_id: str, *reasons: Evidence, **facts: str) -> str:
    one = record(**facts)
    return pd.sentence(one, (said("image", "license", license_id), *reasons))


def test_the_sentence_says_whose_word_it_is():
    age = said("image", "pd-reason", f"age-creator-100:{ALL}", "creator_died: 1850")
    assert told("LicenseRef-Commons-PD-old-100", age) == (
        "The creator died at least 100 years ago and the work is at least 130 years old; "
        "holds everywhere; as stated by the record of made-up (creator_died: 1850)"
    )
    mark = said("image", "pd-reason", f"mark-by-institution:{ALL}", "x")
    assert "as stated by Made-up Museum (x)" in told(
        "CC-PDM-1.0", mark, institution="Made-up Museum"
    )
    law = said("image", "pd-reason", "us-government:origin,us", "x")
    assert "; holds in origin, us; " in told("LicenseRef-USGov-Work", law)
    assert told("CC0-1.0").endswith("holds everywhere; as stated by the holder (CC0-1.0)")
    assert told("CC0-1.0 OR MIT").startswith("The holder has given up every right by CC0")


def test_the_sentence_is_silent_where_nothing_is_in_the_public_domain():
    weak = Evidence(
        "image",
        "made-up@1",
        "pd-reason",
        Answer.YES,
        Ground.DECLARED,
        Strength.WEAK,
        value=f"age-creator-100:{ALL}",
    )
    age = said("image", "pd-reason", f"age-creator-100:{ALL}")
    assert told("CC-PDM-1.0") == ""
    assert told("CC-PDM-1.0", weak) == ""
    assert told("CC-BY-4.0", age) == ""


def test_the_sentence_tells_of_the_depicted_work_too():
    work = (said("work", "license", "CC0-1.0"),)
    assert told("CC-BY-4.0", *work).startswith("depicted work: The holder has given up")
