"""The license check: whose word counts for image, work and captions, and when two contradict."""

from dataclasses import replace

import pytest

from curator.checks.base import CHECKS, looking
from curator.checks.rights.license import LICENSE
from curator.model import (
    Answer,
    Basis,
    Candidate,
    Caption,
    CaptionKind,
    Claim,
    Evidence,
    ItemId,
    Needs,
)
from curator.terms import Terms
from curator.view import View

TERMS = Terms(source="made-up", basis=Basis.OPEN_LICENSE)


def looked(*claims: Claim, captions: tuple[Caption, ...] = (), terms: Terms = TERMS):
    candidate = Candidate(ItemId("made-up:1"), "1.jpg", claims=claims, captions=captions)
    (found,) = LICENSE.look([View(candidate, terms)])
    return found


def image(text: str) -> Claim:
    return Claim("image", text, "record: license")


def caption(text: str) -> Caption:
    return Caption("A made-up hill", "en", CaptionKind.HUMAN_TITLE, text, "record: title")


def short(found: tuple[Evidence, ...]) -> list[tuple[str, str, Answer, str, str]]:
    return [(e.about, e.question, e.answer, e.value, e.where) for e in found]


@pytest.mark.parametrize(
    ("text", "answer", "value"),
    [
        pytest.param("CC BY 4.0", Answer.YES, "CC-BY-4.0", id="accepted: yes"),
        pytest.param("CC BY-NC 4.0", Answer.YES, "CC-BY-NC-4.0", id="refused but understood: yes"),
        pytest.param("ask the museum", Answer.UNKNOWN, "", id="not understood: unknown"),
    ],
)
def test_the_items_own_statement_is_read_and_quoted(text, answer, value):
    (found,) = looked(image(text))
    assert (found.answer, found.value, found.quote) == (answer, value, text)
    assert found.where == "record: license"
    assert found.check == "rights.license@2"


def test_a_source_wide_license_speaks_for_items_that_say_nothing():
    terms = replace(TERMS, license="CC0-1.0")
    assert short(looked(image(" "), terms=terms)) == [
        ("image", "license", Answer.YES, "CC0-1.0", "sources.yaml: license")
    ]


def test_silence_of_item_and_source_is_no():
    (found,) = looked()
    assert (found.about, found.answer, found.value) == ("image", Answer.NO, "")


def test_a_claim_about_the_work_does_not_speak_for_the_image():
    found = looked(Claim("work", "CC0", "record: work"))
    assert short(found) == [
        ("work", "license", Answer.YES, "CC0-1.0", "record: work"),
        ("image", "license", Answer.NO, "", "sources.yaml: license"),
    ]


@pytest.mark.parametrize(
    ("own", "conflict"),
    [
        pytest.param("https://creativecommons.org/licenses/by/4.0/", False, id="the same, spelled"),
        pytest.param("CC BY-SA 4.0", True, id="another license"),
        pytest.param("ask the museum", True, id="not understood beside a known one"),
    ],
)
def test_the_items_word_is_held_against_the_sources(own, conflict):
    found = looked(image(own), terms=replace(TERMS, license="CC-BY-4.0"))
    told = [e for e in found if e.question == "rights.conflict"]
    assert [e.answer for e in told] == [Answer.YES] * conflict
    assert all(own in e.quote and "CC-BY-4.0" in e.quote for e in told)


def test_the_source_may_declare_the_version():
    bare = looked(image("CC-BY"))
    told = looked(image("CC-BY"), terms=replace(TERMS, license_version="4.0"))
    assert [e.value for e in (*bare, *told)] == ["LicenseRef-CC-BY-unversioned", "CC-BY-4.0"]


def test_every_caption_has_its_own_license_or_the_sources_or_none():
    captions = (caption("CC0"), caption(""))
    own = short(looked(image("CC BY 4.0"), captions=captions))[1:]
    assert own == [
        ("caption:0", "license", Answer.YES, "CC0-1.0", "record: title"),
        ("caption:1", "license", Answer.NO, "", "sources.yaml: captions_license"),
    ]
    terms = replace(TERMS, captions_license="Unicode-3.0")
    wide = short(looked(image("CC BY 4.0"), captions=captions, terms=terms))[2]
    assert wide == (
        "caption:1", "license", Answer.YES, "Unicode-3.0", "sources.yaml: captions_license"
    )  # fmt: skip


def test_two_items_that_say_the_same_give_equal_evidence():
    views = [
        View(Candidate(ItemId(f"made-up:{n}"), f"{n}.jpg", claims=(image("CC0"),)), TERMS)
        for n in (1, 2)
    ]
    one, other = LICENSE.look(views)
    assert one == other


def test_a_long_statement_is_quoted_short():
    (found,) = looked(image("terms " * 100))
    assert len(found.quote) == 200


def test_it_is_found_in_the_registry_among_the_checks_of_the_record():
    assert CHECKS.all()["rights.license"] is LICENSE
    assert LICENSE in looking(Needs.RECORD)
