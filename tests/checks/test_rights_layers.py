"""Notices of rights that no license clears, and re-uploads whose license nobody reviewed."""

import json
import re
from itertools import permutations

import pytest

from curator.checks.base import CHECKS
from curator.core.notes import LICENSE_REVIEW, NOTES, READ_AT, UPLOADED_FROM
from curator.core.reasons import REASONS
from curator.model import Answer, Basis, Candidate, Evidence, ItemId, Verdict
from curator.terms import Terms
from curator.view import View

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
TERMS = Terms(source="made-up", basis=Basis.OPEN_LICENSE)


def looked(check: str, *notes: tuple[str, str], tags=(), date="2024-05-06") -> tuple[Evidence, ...]:
    candidate = Candidate(ItemId("made-up:1"), "1.jpg", notes=notes, tags=tuple(tags))
    (found,) = CHECKS.all()[check].look([View(candidate, TERMS, date=date)])
    return found


def layers(*notes: tuple[str, str], tags=()) -> dict[str, Answer]:
    return {e.question: e.answer for e in looked("rights.layers", *notes, tags=tags)}


@pytest.mark.parametrize(
    ("field", "value", "question"),
    [
        pytest.param("restriction", "trademarked", "rights.mark", id="a trademark"),
        pytest.param("restriction", "insignia", "rights.mark", id="a coat of arms"),
        pytest.param("restriction", "personality", "people.personality", id="a person"),
        pytest.param("restriction", "costume", "rights.depicted", id="a costume"),
        pytest.param("restriction", "currency", "rights.depicted", id="a banknote"),
        pytest.param("restriction", "nazi", "safety.weak", id="a forbidden sign"),
        pytest.param("template", "FoP-Germany", "rights.depicted", id="freedom of panorama"),
        pytest.param("template", "FOP-Germany/de", "rights.depicted", id="in capitals, German"),
        pytest.param("template", "{{NoFoP-France}}", "rights.depicted", id="none of it, in braces"),
        pytest.param("template", "Template:FoP-Japan", "rights.depicted", id="with its namespace"),
        pytest.param("category", "FoP-Sweden", "rights.depicted", id="a category of it"),
        pytest.param("template", "personality_rights", "people.personality", id="underscores"),
        pytest.param("template", "Trademarked|category=no", "rights.mark", id="with a parameter"),
        pytest.param("category", "Sheep|With trademark", "rights.mark", id="one of two categories"),
        pytest.param("template", "License review needed", "rights.review", id="review needed"),
        pytest.param("template", "Copyvio|1=a made-up book", "rights.review", id="an accusation"),
        pytest.param(
            "category",
            "Deletion requests May 2024",
            "rights.review",
            id="a request to delete",
        ),
        pytest.param(
            "template", "FlickreviewR|status = fail", "rights.review", id="a review that failed"
        ),
    ],
)
def test_a_notice_is_a_yes_that_quotes_it(field, value, question):
    found = [e for e in looked("rights.layers", (field, value)) if e.answer is YES]
    assert [(e.question, e.where) for e in found] == [(question, field)]
    assert found[0].quote in value
    assert REASONS[question][0] is Verdict.HOLD


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("template", "FoPs of Germany"),
        ("template", "Information|author=Trademarked"),
        ("template", "Personality rights of sheep"),
        ("category", "Trademarked sheep"),
        ("category", "With trademark sheep"),
        ("category", "A FoP-Germany picture"),
        ("restriction", ""),
        ("other", "trademarked"),
    ],
)
def test_a_name_is_matched_whole_and_in_its_own_field(field, value):
    assert YES not in layers((field, value)).values()
    assert UNKNOWN not in layers((field, value)).values()


def test_a_restriction_that_is_not_in_the_table_is_unknown_and_never_clean():
    assert layers(("restriction", "trademarked|made-up")) == {
        "rights.mark": YES,
        "rights.depicted": UNKNOWN,
        "people.personality": NO,
    }


def test_what_was_read_and_not_found_is_no_and_what_was_not_read_is_silence():
    assert set(layers(("category", "Sheep")).values()) == {NO}
    assert layers(("creator_died", "1890")) == {}
    assert layers(tags=("sheep", "logo")) == {}


def test_tags_are_read_as_categories():
    assert layers(tags=("Sheep", "With trademark")) == {"rights.mark": YES}


def test_every_row_of_the_table_can_be_met_by_each_of_its_names(root):
    import tomllib  # noqa: PLC0415

    table = tomllib.loads((root / "licenses" / "notices.toml").read_text("utf-8"))
    for row in table["notice"]:
        for field in ("restriction", "template", "category"):
            for name in row.get(field, ()):
                assert layers((field, name))[row["question"]] is YES, name
        for start in row.get("starts", ()):
            assert layers(("template", f"{start}Nowhere"))[row["question"]] is YES, start


def reviewed(*notes: tuple[str, str], tags=()) -> list[Answer]:
    return [e.answer for e in looked("rights.reupload", *notes, tags=tags)]


PASSED = ("category", "Flickr images reviewed by FlickreviewR 2")
FLICKR = (UPLOADED_FROM, "flickr")


@pytest.mark.parametrize(
    ("notes", "answers"),
    [
        pytest.param((), [], id="the uploader's own: no question"),
        pytest.param((FLICKR,), [YES], id="from Flickr, no review"),
        pytest.param(((UPLOADED_FROM, "somewhere"),), [YES], id="from anywhere, no review"),
        pytest.param(((UPLOADED_FROM, " "),), [], id="a blank is no platform"),
        pytest.param((("template", "Flickrreview"),), [YES], id="a review was only asked for"),
        pytest.param((("template", "FlickreviewR"),), [YES], id="reviewed, outcome not told"),
        pytest.param((FLICKR, PASSED), [NO], id="from Flickr, reviewed by the bot"),
        pytest.param((FLICKR, ("template", "FlickreviewR/pass")), [NO], id="the bot's subpage"),
        pytest.param((("template", "FlickreviewR|status=pass|reviewer=A"),), [NO], id="its status"),
        pytest.param((FLICKR, (LICENSE_REVIEW, "passed")), [NO], id="the connector says passed"),
        pytest.param((FLICKR, (LICENSE_REVIEW, "needed")), [YES], id="the connector says needed"),
        pytest.param((FLICKR, (LICENSE_REVIEW, "not passed")), [YES], id="any other word"),
        pytest.param((PASSED, (LICENSE_REVIEW, "failed")), [YES], id="failed beats a category"),
        pytest.param(
            ((LICENSE_REVIEW, "passed"), (LICENSE_REVIEW, "failed")), [YES], id="both is not passed"
        ),
        pytest.param(
            (("template", "FlickreviewR/pass-change-not"),), [], id="a name is matched whole"
        ),
    ],
)
def test_a_reupload_needs_a_review_that_was_passed(notes, answers):
    for order in permutations(notes):
        assert reviewed(*order) == answers


def test_a_passed_review_does_not_lift_a_doubt_about_the_license():
    doubt = ("category", "License review needed")
    assert reviewed(FLICKR, PASSED, doubt) == [NO]
    assert layers(FLICKR, PASSED, doubt)["rights.review"] is YES


def test_the_agreed_names_of_notes_are_documented():
    assert {"restriction", "category", UPLOADED_FROM, LICENSE_REVIEW, READ_AT} <= set(NOTES)


@pytest.mark.parametrize(
    ("notes", "answer", "value"),
    [
        pytest.param((), YES, "2024-05-06", id="the snapshot's day"),
        pytest.param(((READ_AT, "2023-01-02"),), YES, "2023-01-02", id="the record's own day"),
        pytest.param(((READ_AT, "2025-01-02"),), UNKNOWN, "", id="after the snapshot"),
        pytest.param(((READ_AT, "last week"),), UNKNOWN, "", id="no day"),
        pytest.param(
            ((READ_AT, "2023-01-02"), (READ_AT, "2023-01-03")), UNKNOWN, "", id="two days"
        ),
    ],
)
def test_the_day_on_which_the_rights_were_read(notes, answer, value):
    (found,) = looked("rights.read", *notes)
    assert (found.question, found.answer, found.value) == ("rights.read", answer, value)


def test_without_a_snapshot_no_day_is_told():
    assert looked("rights.read", date="") == ()


def _recorded(folder, name: str) -> tuple[str, ...]:
    """The templates that a recorded page says it was made with."""
    text = (folder / "source-records" / "wikimedia_commons" / name).read_text("utf-8")
    if name.endswith(".json"):
        text = json.loads(text)["parse"]["text"]["*"]
    return tuple(sorted(set(re.findall(r"Template:([^\n\"<|&]+)", text))))


def test_a_recorded_page_of_a_sculpture_is_held_for_freedom_of_panorama(shared):
    page = _recorded(shared / "cases", "filepage_File_Bust_of_Wilhelmine_of_Bayreuth.jpg.html")
    assert layers(*(("template", name) for name in page))["rights.depicted"] is YES


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        pytest.param("parse_200_16791c82.json", [NO], id="reviewed by the bot: pass"),
        pytest.param("parse_200_3ed7d131.json", [YES], id="only the template that asks"),
        pytest.param("parse_200_5c47824c.json", [], id="never on Flickr"),
    ],
)
def test_recorded_pages_tell_whether_a_review_was_passed(shared, name, answers):
    page = _recorded(shared / "cases", name)
    assert reviewed(*(("template", each) for each in page)) == answers


def test_recorded_categories_tell_that_the_bot_has_reviewed(shared):
    path = shared / "cases" / "source-records" / "wikimedia_commons"
    text = (path / "openverse_continuation_wmc_raw.json").read_text("utf-8")
    lists = [one for one in re.findall(r'"value": "([^"]*)"', text) if "reviewed by" in one]
    assert lists
    for categories in lists:
        assert reviewed(("category", json.loads(f'"{categories}"'))) == [NO]
