"""The public-domain check: what it is asked, whose statement counts, and what it can never do."""

from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.checks.base import CHECKS, looking
from curator.checks.rights.license import LICENSE
from curator.checks.rights.public_domain import PUBLIC_DOMAIN
from curator.core.notes import NOTES, values
from curator.core.policy import CLASSES, Policy, decide
from curator.model import (
    AiClass,
    Answer,
    Basis,
    Candidate,
    Claim,
    Evidence,
    Ground,
    ItemId,
    Needs,
    Verdict,
)
from curator.recipe_settings import Policy as PolicyKeys
from curator.terms import Terms
from curator.view import View

SCOPE = ("origin", "us", "eu", "jp")
MITSUA = frozenset(SCOPE)
DEFAULT = frozenset({"origin", "us"})
OLD = (("creator_died", "1850"), ("work_date", "1840"))
KEEPER = ("institution", "Made-up Museum")
TERMS = Terms("made-up", Basis.PUBLIC_DOMAIN)
CAPTION = Evidence(
    "caption:0", "made-up@1", "license", Answer.YES, Ground.DECLARED, value="CC0-1.0"
)


def view(statement: str, *notes: tuple[str, str], terms: Terms = TERMS) -> View:
    claims = (Claim("image", statement, "record: rights"),) if statement else ()
    return View(
        Candidate(ItemId("made-up:1"), "1.png", claims, notes=notes), terms, date="2026-11-22"
    )


def judged(one: View, scope: frozenset[str] = DEFAULT) -> tuple[Verdict, str | None]:
    (found,) = PUBLIC_DOMAIN.look([one])
    (right,) = LICENSE.look([one])
    policy = Policy(
        Basis.PUBLIC_DOMAIN, frozenset(CLASSES), frozenset(AiClass), date(2021, 1, 1), scope
    )
    decision = decide((*found, *right, CAPTION), policy)
    return decision.verdict, decision.reason


PUBLISHED = (Verdict.PUBLISH, None)
HELD = (Verdict.HOLD, "rights.pd-reason")


@pytest.mark.parametrize(
    ("statement", "notes", "default", "mitsua"),
    [
        pytest.param("CC0-1.0", (), PUBLISHED, PUBLISHED, id="a dedication"),
        pytest.param("CC-PDM-1.0", (*OLD, KEEPER), PUBLISHED, PUBLISHED, id="a keeper's mark"),
        pytest.param("CC-PDM-1.0", OLD, HELD, HELD, id="a user's mark"),
        pytest.param("flickr:10", OLD, HELD, HELD, id="a Flickr user's mark"),
        pytest.param("jps:pdm", (*OLD, KEEPER), PUBLISHED, PUBLISHED, id="Japan Search"),
        pytest.param("CC-PDM-1.0", (KEEPER,), HELD, HELD, id="a keeper's mark without dates"),
        pytest.param("public domain", (), HELD, HELD, id="bare"),
        pytest.param("PD-old-100", OLD, PUBLISHED, PUBLISHED, id="age"),
        pytest.param("PD-old-100-expired", (), HELD, HELD, id="age without dates"),
        pytest.param("PD-USGov", (), PUBLISHED, HELD, id="a work of the American government"),
        pytest.param("PD-US-no notice", (), HELD, HELD, id="one country"),
        pytest.param(
            "PD-US-no notice", (("country", "US"),), PUBLISHED, HELD, id="one country, its origin"
        ),
        pytest.param("PD-Japan", (("country", "JP"),), HELD, HELD, id="origin without the US"),
        pytest.param("NoC-US", (KEEPER,), HELD, HELD, id="RightsStatements, one country"),
    ],
)
def test_what_becomes_of_a_claim(statement, notes, default, mitsua):
    assert judged(view(statement, *notes)) == default
    assert judged(view(statement, *notes), MITSUA) == mitsua


def test_it_is_silent_where_nothing_needs_a_proof():
    for statement in ("CC0-1.0", "PD-self", "CC BY 4.0", "All rights reserved", ""):
        assert PUBLIC_DOMAIN.look([view(statement, *OLD)]) == [()]


def test_image_and_work_are_asked_apart_and_captions_never():
    claims = (
        Claim("image", "CC BY 4.0", "photo"),
        Claim("work", "PD-old-100", "painting"),
        Claim("caption:0", "PD-old-100", "text"),
    )
    one = View(Candidate(ItemId("made-up:1"), "1.png", claims, notes=OLD), TERMS, date="2026-11-22")
    ((found,),) = PUBLIC_DOMAIN.look([one])
    assert (found.about, found.answer) == ("work", Answer.YES)


def test_the_recipes_word_counts_only_where_the_record_has_none():
    terms = Terms("made-up", Basis.PUBLIC_DOMAIN, license="CC-PDM-1.0")
    ((found,),) = PUBLIC_DOMAIN.look([view("", *OLD, KEEPER, terms=terms)])
    assert found.answer is Answer.YES
    assert "sources.yaml: license" in found.where
    assert PUBLIC_DOMAIN.look([view("CC0-1.0", *OLD, KEEPER, terms=terms)]) == [()]


def test_the_evidence_quotes_words_and_years():
    ((found,),) = PUBLIC_DOMAIN.look([view("CC-PDM-1.0", *OLD, KEEPER)])
    assert found.question == "pd-reason"
    assert found.value == "mark-by-institution:eu,jp,origin,us"
    assert found.where == "creator_died; work_date; institution; record: rights"
    assert found.quote == (
        "creator_died: 1850; work_date: 1840; institution: Made-up Museum; "
        "record: rights: CC-PDM-1.0"
    )


def test_each_view_has_its_own_answer_in_order():
    views = [view("CC0-1.0"), view("pd"), view("PD-old-100", *OLD)]
    answers = [[e.answer for e in found] for found in PUBLIC_DOMAIN.look(views)]
    assert answers == [[], [Answer.NO], [Answer.YES]]


def test_it_is_registered_for_records():
    assert CHECKS.all()["rights.public-domain"] is PUBLIC_DOMAIN
    assert PUBLIC_DOMAIN in looking(Needs.RECORD)


def test_the_scope_speaks_the_recipes_words():
    (choices,) = get_args(PolicyKeys.model_fields["pd_scope"].annotation)[:1]
    assert set(get_args(choices)) == MITSUA


def test_notes_of_one_name_keep_their_order_and_blanks_say_nothing():
    notes = (("template", "b"), ("country", "US"), ("template", " "), ("template", "a"))
    assert values(notes, "template") == ("b", "a")
    assert all(words for words in NOTES.values())


TEMPLATES = (
    "PD-old-100",
    "PD-old-70-expired",
    "PD-Art|PD-old-auto-expired",
    "PD-USGov-NASA",
    "PD-US-no notice",
    "PD-Japan",
    "PD-1996",
    "PD-self",
    "CC-PD-Mark",
    "nonsense",
)
YEARS = ("1600", "1700", "1850", "1880s", "1896", "1926", "1969", "2999", "c. 1800", "500 BCE")


@st.composite
def records(draw):
    """A record without contradictions: the only country told is the one that its tags speak of."""
    facts = {
        "creator_died": draw(st.sampled_from(("", *YEARS))),
        "work_date": draw(st.sampled_from(("", *YEARS))),
        "institution": draw(st.sampled_from(("", "Made-up Museum"))),
        "country": draw(st.sampled_from(("", "US"))),
        "holder": draw(st.sampled_from(("", "self", "a friend"))),
    }
    notes = [(name, value) for name, value in facts.items() if value]
    tags = draw(st.lists(st.sampled_from(TEMPLATES), max_size=3, unique=True))
    statement = draw(
        st.sampled_from(("pd", "CC-PDM-1.0", "PD-author", "NoC-US", "PD-old-100", "PD-scan"))
    )
    return statement, (*notes, *(("template", tag) for tag in tags))


@given(records(), st.sets(st.sampled_from(SCOPE), min_size=1), st.data())
def test_a_fact_less_never_proves_more(made, scope, data):
    statement, notes = made
    if notes:
        gone = data.draw(st.integers(0, len(notes) - 1))
        less = judged(view(statement, *notes[:gone], *notes[gone + 1 :]), frozenset(scope))
        assert less != PUBLISHED or judged(view(statement, *notes), frozenset(scope)) == PUBLISHED


@given(records(), st.sets(st.sampled_from(SCOPE), min_size=1), st.sampled_from(SCOPE))
def test_a_wider_scope_never_admits_more(made, scope, more):
    statement, notes = made
    wider = judged(view(statement, *notes), frozenset(scope | {more}))
    assert wider != PUBLISHED or judged(view(statement, *notes), frozenset(scope)) == PUBLISHED
