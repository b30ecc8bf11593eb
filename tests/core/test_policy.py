"""The judge: each rule of the policy once, and that more evidence never helps."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.core.policy import CLASSES, SEVERITY, Policy, ai_class, decide, worst
from curator.core.reasons import ORDER, REASONS
from curator.model import (
    AiClass,
    Answer,
    Basis,
    Evidence,
    Ground,
    LicenseClass,
    Strength,
    Verdict,
)

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
POLICY = Policy(
    Basis.OPEN_LICENSE,
    frozenset(CLASSES),
    frozenset(AiClass) - {AiClass.NONE},
    date(2021, 1, 1),
)


def said(about: str, question: str, answer: Answer = YES, value: str = "") -> Evidence:
    return Evidence(about, "test@1", question, answer, Ground.DECLARED, value=value)


GOOD = (
    said("image", "license", value="CC-BY-4.0"),
    said("image", "ai.class", value="predates-file:2020-01-01"),
    said("caption:0", "license", value="CC0-1.0"),
)


def judged(*evidence: Evidence, policy: Policy = POLICY) -> tuple[Verdict, str | None]:
    decision = decide(tuple(evidence), policy)
    return decision.verdict, decision.reason


def test_a_proof_for_image_and_caption_and_age_is_published():
    assert judged(*GOOD) == (Verdict.PUBLISH, None)


@pytest.mark.parametrize(
    ("evidence", "reason"),
    [
        pytest.param(GOOD[1:], "rights.none", id="silence about the image's license"),
        pytest.param(
            (said("image", "license", NO), *GOOD[1:]), "rights.none", id="no license declared"
        ),
        pytest.param(
            (said("image", "license", UNKNOWN), *GOOD[1:]),
            "rights.unknown",
            id="a license nobody understands",
        ),
        pytest.param(
            (said("image", "license", value="GPL-2.0-only"), *GOOD[1:]),
            "rights.refused",
            id="a license that is refused whatever its class",
        ),
        pytest.param(
            (*GOOD, said("image", "license", value="CC0-1.0")),
            "rights.conflict",
            id="two licenses for one image",
        ),
        pytest.param(
            (*GOOD, said("work", "license", value="CC-BY-NC-4.0")),
            "rights.refused",
            id="the depicted work is not open",
        ),
        pytest.param(GOOD[:2], "caption.none", id="no caption"),
        pytest.param(
            (*GOOD[:2], said("caption:0", "license", NO)),
            "rights.none",
            id="the only caption has no license",
        ),
        pytest.param(
            (*GOOD[:2], said("caption:0", "caption.length", NO)),
            "rights.none",
            id="a caption that nobody asked the license of",
        ),
        pytest.param(
            (*GOOD, said("caption:0", "caption.ai")), "caption.ai", id="the only caption is AI-made"
        ),
        pytest.param(
            (*GOOD, said("image", "ai.metadata")), "ai.metadata", id="the file says AI-made"
        ),
        pytest.param(
            (*GOOD, said("image", "ai.metadata", UNKNOWN)),
            "rights.unreadable",
            id="a question that could not be answered is not a no",
        ),
        pytest.param((GOOD[0], GOOD[2]), "ai.undeclared", id="nothing rules AI out"),
    ],
)
def test_each_rule(evidence, reason):
    assert judged(*evidence) == (REASONS[reason][0], reason)


def test_a_dropped_caption_gives_way_to_the_next():
    second = said("caption:1", "license", value="CC0-1.0")
    decision = decide((*GOOD, said("caption:0", "caption.boilerplate"), second), POLICY)
    assert decision.verdict is Verdict.PUBLISH
    assert decision.dropped == ((0, "caption.boilerplate"),)


def test_weak_evidence_never_decides():
    weak = replace(said("image", "ai.declared"), strength=Strength.WEAK)
    assert judged(*GOOD, weak) == (Verdict.PUBLISH, None)


def test_opt_in_without_consent_is_refused():
    policy = replace(POLICY, basis=Basis.OPT_IN)
    assert judged(*GOOD, policy=policy) == (Verdict.REJECT, "rights.consent")
    assert judged(*GOOD, said("image", "consent"), policy=policy)[0] is Verdict.PUBLISH


def test_a_basis_admits_no_wider_class_and_says_so():
    policy = replace(POLICY, basis=Basis.PUBLIC_DOMAIN)
    assert judged(*GOOD, policy=policy) == (Verdict.REJECT, "rights.basis")
    narrowed = replace(POLICY, accept=frozenset({LicenseClass.PUBLIC_DOMAIN}))
    assert judged(*GOOD, policy=narrowed) == (Verdict.REJECT, "rights.basis")


def test_a_date_on_the_day_itself_is_too_late():
    evidence = [said("image", "ai.class", value="predates-work:2021-01-01")]
    assert ai_class(evidence, date(2021, 1, 1)) == (AiClass.NONE, None)
    assert ai_class(evidence, date(2021, 1, 2))[0] is AiClass.PREDATES_WORK


def test_the_best_proven_class_counts():
    evidence = [said("image", "ai.class", value=v) for v in ("labelled", "declared")]
    assert ai_class(evidence, POLICY.predates_before)[0] is AiClass.DECLARED


@pytest.mark.parametrize("field", ["accept", "ai_admit"])
def test_an_empty_policy_is_an_error(field):
    with pytest.raises(ValueError, match="admits nothing"):
        replace(POLICY, **{field: frozenset()})


def test_a_policy_cannot_widen():
    with pytest.raises(ValueError, match="never widen"):
        replace(POLICY, accept=frozenset(LicenseClass))


QUESTIONS = st.sampled_from([*REASONS, "license", "ai.class", "consent"])
VALUES = st.sampled_from(["", "CC0-1.0", "CC-BY-SA-4.0", "GPL-2.0-only", "no such license"])


@st.composite
def evidences(draw):
    question = draw(QUESTIONS)
    value = draw(st.sampled_from(AiClass)).value if question == "ai.class" else draw(VALUES)
    if value.startswith("predates"):
        value += ":2019-05-05"
    about = draw(st.sampled_from(["image", "work", "caption:0", "caption:1"]))
    return replace(
        said(about, question, draw(st.sampled_from(Answer)), value),
        strength=draw(st.sampled_from(Strength)),
    )


@given(st.lists(evidences(), max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_evidence_does_not_matter(evidence, random):
    other = list(evidence)
    random.shuffle(other)
    assert decide(tuple(evidence), POLICY) == decide(tuple(other), POLICY)


@given(st.lists(evidences(), max_size=6), evidences())
def test_more_evidence_against_never_improves_a_verdict(evidence, more):
    """Only a proof (a license, a class, a consent) or one more caption can help."""
    if more.question in ("license", "ai.class", "consent") or more.about.startswith("caption:"):
        return
    before = decide((*GOOD, *evidence), POLICY)
    after = decide((*GOOD, *evidence, more), POLICY)
    assert SEVERITY[after.verdict] >= SEVERITY[before.verdict]


@given(st.lists(evidences(), max_size=8))
def test_nothing_is_published_without_an_accepted_image_license(evidence):
    decision = decide(tuple(evidence), POLICY)
    if decision.verdict is Verdict.PUBLISH:
        image = {e.value for e in evidence if e.about == "image" and e.question == "license"}
        assert image <= {"CC0-1.0", "CC-BY-SA-4.0"}
        assert len(image) == 1


def lift(reason: str, answer: Answer = YES) -> Evidence:
    return said("image", "review", answer, reason)


@pytest.mark.parametrize(
    ("evidence", "reason"),
    [
        pytest.param((*GOOD, said("image", "ai.ambiguous"), lift("ai.ambiguous")), None, id="held"),
        pytest.param(
            (*GOOD, said("image", "ai.ambiguous"), lift("ai.ambiguous", NO)),
            "ai.ambiguous",
            id="kept",
        ),
        pytest.param(
            (*GOOD, said("image", "ai.ambiguous"), lift("ai.algorithmic")),
            "ai.ambiguous",
            id="another hold",
        ),
        pytest.param(
            (*GOOD, said("image", "ai.metadata"), lift("ai.metadata")), "ai.metadata", id="a reject"
        ),
        pytest.param((GOOD[0], GOOD[2], lift("ai.undeclared")), None, id="no class of AI"),
        pytest.param(
            (*GOOD, said("image", "ai.metadata", UNKNOWN), lift("rights.unreadable")),
            None,
            id="what could not be read",
        ),
        pytest.param(
            (
                said("image", "license", value="LicenseRef-PD-unspecified"),
                *GOOD[1:],
                lift("rights.pd-reason"),
            ),
            None,
            id="a claim of the public domain",
        ),
        pytest.param(
            (
                said("image", "license", value="LicenseRef-PD-unspecified"),
                *GOOD[1:],
                lift("rights.unversioned"),
            ),
            "rights.pd-reason",
            id="a claim, and another hold lifted",
        ),
        pytest.param(
            (
                *GOOD[:2],
                said("caption:0", "license", value="LicenseRef-PD-unspecified"),
                lift("rights.pd-reason"),
            ),
            None,
            id="of the caption",
        ),
        pytest.param((*GOOD, lift("no such reason")), None, id="no reason at all"),
    ],
)
def test_a_person_lifts_the_hold_that_was_looked_into_and_nothing_else(evidence, reason):
    assert judged(*evidence)[1] == reason


def test_a_lifted_hold_does_not_widen_the_basis():
    public = replace(POLICY, basis=Basis.PUBLIC_DOMAIN)
    bare = said("image", "license", value="LicenseRef-CC-BY-unversioned")
    evidence = (bare, *GOOD[1:], lift("rights.unversioned"))
    assert judged(*evidence) == (Verdict.PUBLISH, None)
    assert judged(*evidence, policy=public)[1] == "rights.basis"


def test_the_worst_reason_wins_then_the_first_of_the_table():
    assert worst(["ai.undeclared", "fetch.unreadable", "dup.near"]) == "dup.near"
    assert worst(["dup.near", "rights.refused"]) == "rights.refused"
    assert list(ORDER) == list(REASONS)
