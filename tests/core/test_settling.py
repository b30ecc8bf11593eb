"""One picture under two names or two licenses: held or refused, whatever the order of arrival."""

from collections.abc import Sequence
from datetime import date
from itertools import permutations

import pytest

from curator.core.captions import Wanted
from curator.core.clock import KEPT
from curator.core.policy import CLASSES, Policy
from curator.core.settling import Item, Measures, settle
from curator.model import (
    AiClass,
    Answer,
    Basis,
    Caption,
    CaptionKind,
    Evidence,
    Ground,
    ItemId,
    Sha256,
)

POLICY = Policy(
    Basis.OPEN_LICENSE, frozenset(CLASSES), frozenset(AiClass) - {AiClass.NONE}, date(2021, 1, 1)
)
WANTED = Wanted(languages=("en",), per_image="one", max_tokens=77)
SAME, OTHER = Sha256("a" * 64), Sha256("b" * 64)
GREY = (128.0, 128.0, 128.0)


def said(question: str, value: str = "", about: str = "image") -> Evidence:
    return Evidence(about, "test@1", question, Answer.YES, Ground.DECLARED, value=value)


def measured(bits: int = 0, quality: int = 100, rgb: tuple[float, float, float] = GREY) -> Measures:
    """A picture that is `bits` of 256 away from nothing."""
    return Measures(4096, (2**bits - 1).to_bytes(32, "big"), quality, rgb)


def item(  # noqa: PLR0913  (the columns of a fictitious table)
    name: str,
    creator: str = "Ann Inkwell",
    license_: str = "CC-BY-4.0",
    *more: Evidence,
    sha256: Sha256 = SAME,
    url: str = "",
    measures: Measures | None = None,
) -> Item:
    """One item as `steps.settle` makes it, of a source that `name` begins with."""
    evidence = (
        said("license", license_),
        said("license", "CC0-1.0", "caption:0"),
        said("ai.class", "predates-file:2020-01-01"),
        *more,
    )
    caption = Caption(f"A picture called {name}", "en", CaptionKind.HUMAN_TITLE, "", "title")
    made = Item(ItemId(name), POLICY, (0, 0, 0), evidence, (caption,), url, creator)
    made.sha256, made.measures = sha256, measures
    made.judge("settle", POLICY)
    return made


def settled(*columns: Sequence[object], **same: object) -> dict[str, str | None]:
    """The reasons after the global decisions, proven equal for every order of arrival."""
    found = []
    for order in permutations(columns):
        items = [item(*column, **same) for column in order]
        settle(items, WANTED, 20)
        found.append({str(i.item): i.decision.reason for i in items})
    assert all(each == found[0] for each in found)
    return found[0]


def test_the_same_bytes_by_one_creator_on_equal_terms_leave_one():
    reasons = settled(("a:1",), ("a:2",), ("b:1",))
    assert sorted(reasons.values(), key=str) == [None, "dup.exact", "dup.exact"]


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        pytest.param("Ann Inkwell", "Bo Quill", "source.ambiguous", id="two creators"),
        pytest.param("Ann Inkwell", "Bo Quill, Ann Inkwell", "source.ambiguous", id="one more"),
        pytest.param("Ann Inkwell", "", None, id="no name is no second creator"),
        pytest.param("Ann Inkwell", " — ", None, id="punctuation is no name"),
        pytest.param("Ann Inkwell", "ann-inkwell.", None, id="case, hyphen and full stop"),
        pytest.param("Ann Inkwell", "Ann Inkwell", None, id="full-width letters"),
        pytest.param("山田 太郎", "山田太郎", None, id="a space between Japanese names"),
        pytest.param("山田 太郎", "山田 次郎", "source.ambiguous", id="two Japanese names"),
        pytest.param("Émile", "Emile", "source.ambiguous", id="an accent may be another"),
    ],
)
def test_the_same_bytes_under_two_names_are_held_for_both(one, other, reason):
    reasons = settled(("a:1", one), ("b:1", other))
    if reason:
        assert set(reasons.values()) == {reason}
    else:
        assert set(reasons.values()) == {None, "dup.exact"}


def test_the_same_bytes_on_contradicting_terms_are_refused_for_all():
    reasons = settled(("a:1",), ("a:2",), ("b:1", "Ann Inkwell", "CC0-1.0"))
    assert set(reasons.values()) == {"rights.conflict"}


@pytest.mark.parametrize(
    ("license_", "denied", "reason"),
    [
        pytest.param("CC-BY-NC-4.0", "", "rights.conflict", id="non-commercial elsewhere"),
        pytest.param("CC-BY-4.0", "rights.reserved", "rights.conflict", id="reserved elsewhere"),
        pytest.param("CC-BY-4.0", "rights.consent", "rights.conflict", id="consent withdrawn"),
        pytest.param("CC-BY-4.0", "rights.depicted", "rights.depicted", id="a statue, held there"),
        pytest.param("CC-BY-4.0", "people.personality", "people.personality", id="a person, held"),
        pytest.param("CC-BY-4.0", "rights.review", "rights.review", id="not reviewed there"),
        pytest.param("CC-BY-4.0", "rights.basis", None, id="the recipe's matter, not the work's"),
        pytest.param("CC-BY-4.0", "caption.ai", None, id="its caption says nothing of the image"),
        pytest.param("CC0-1.0", "caption.ai", "rights.conflict", id="its license still counts"),
    ],
)
def test_what_was_turned_away_is_heard_about_the_same_bytes(license_, denied, reason):
    more = (said(denied),) if denied else ()
    reasons = settled(("a:1",), ("b:1", "Ann Inkwell", license_, *more))
    assert reasons["a:1"] == reason
    assert reasons["b:1"] == (denied or "rights.refused"), "what fell before keeps its reason"


def test_a_name_that_was_turned_away_is_heard_too():
    reasons = settled(("a:1",), ("b:1", "Bo Quill", "CC-BY-4.0", said("caption.ai")))
    assert reasons == {"a:1": "source.ambiguous", "b:1": "caption.ai"}


def test_items_without_bytes_have_no_bytes_in_common():
    reasons = settled(
        ("a:1", "Ann Inkwell", "CC-BY-NC-4.0"), ("b:1", "Bo Quill", "CC-BY-4.0"), sha256=Sha256("")
    )
    assert reasons == {"a:1": "rights.refused", "b:1": None}


@pytest.mark.parametrize(
    ("creator", "license_", "reason"),
    [
        pytest.param("Ann Inkwell", "CC-BY-4.0", None, id="agreeing records, other bytes"),
        pytest.param("Bo Quill", "CC-BY-4.0", "source.ambiguous", id="two creators"),
        pytest.param("Ann Inkwell", "CC0-1.0", "rights.conflict", id="two licenses"),
        pytest.param("Ann Inkwell", "CC-BY-NC-4.0", "rights.conflict", id="refused elsewhere"),
    ],
)
def test_one_address_is_one_work_whatever_bytes_came(creator, license_, reason):
    url = "https://example.org/1.png"
    first, second = item("a:1", url=url), item("b:1", creator, license_, sha256=OTHER, url=url)
    settle([second, first], WANTED, 20)
    assert first.decision.reason == reason


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        pytest.param(("b:1", "Bo Quill", "CC0-1.0"), "source.ambiguous", id="another's, freer"),
        pytest.param(("b:1", "Bo Quill", "CC-BY-4.0"), "dup.near", id="another name, same terms"),
        pytest.param(("b:1", "Ann Inkwell", "CC0-1.0"), "dup.near", id="her own, other terms"),
        pytest.param(("b:1", "", "CC0-1.0"), "dup.near", id="nobody named"),
        pytest.param(("a:2", "Bo Quill", "CC0-1.0"), "dup.near", id="drawn alike in one source"),
    ],
)
def test_near_twins_are_held_where_creator_and_license_differ_across_sources(second, reason):
    found = []
    for order in permutations([("a:1",), second]):
        items = [
            item(*each, sha256=Sha256(str(each[0])), measures=measured(10 * (each[0] != "a:1")))
            for each in order
        ]
        settle(items, WANTED, 20)
        found.append({str(i.item): i.decision.reason for i in items})
    assert found[0] == found[1]
    want = [reason, reason] if reason == "source.ambiguous" else [None, reason]
    assert sorted(found[0].values(), key=str) == want


def near(*rows: tuple[str, str, str, Measures]) -> dict[str, str | None]:
    """The reasons of items with bytes of their own, proven equal for every order of arrival."""
    found = []
    for order in permutations(rows):
        items = [
            item(name, creator, license_, sha256=Sha256(name), measures=seen)
            for name, creator, license_, seen in order
        ]
        settle(items, WANTED, 20)
        found.append({str(i.item): i.decision.reason for i in items})
    assert all(each == found[0] for each in found)
    return found[0]


def test_two_claims_that_nobody_has_rights_do_not_contradict():
    first = ("a:1", "Ann Inkwell", "CC0-1.0", measured())
    second = ("b:1", "A. Inkwell", "CC-PDDC", measured(10))
    assert sorted(near(first, second).values(), key=str) == [None, "dup.near"]


def test_a_dispute_takes_every_twin_of_the_picture_with_it():
    reasons = near(
        ("a:1", "Ann Inkwell", "CC-BY-4.0", measured(4)),
        ("a:2", "Ann Inkwell", "CC-BY-4.0", measured(8)),
        ("b:1", "Bo Quill", "CC0-1.0", measured()),
        ("a:3", "Ann Inkwell", "CC-BY-4.0", measured(200)),
    )
    assert reasons.pop("a:3") is None, "another picture is untouched"
    assert set(reasons.values()) == {"source.ambiguous"}


@pytest.mark.parametrize(
    "seen",
    [
        pytest.param(measured(32), id="32 bits are not near"),
        pytest.param(measured(0, 49), id="a hash of low quality decides nothing"),
        pytest.param(measured(0, 100, (153.0, 128.0, 128.0)), id="another colour"),
    ],
)
def test_what_is_no_near_twin_is_no_dispute(seen):
    first = ("a:1", "Ann Inkwell", "CC-BY-4.0", measured())
    assert set(near(first, ("b:1", "Bo Quill", "CC0-1.0", seen)).values()) == {None}


def test_two_records_of_one_id_speak_for_their_bytes_too():
    items = [item("a:1"), item("a:1", "Bo Quill"), item("b:1")]
    settle(items, WANTED, 20)
    assert {i.decision.reason for i in items} == {"source.ambiguous"}


def test_a_license_that_was_kept_holds_for_its_own_bytes_only():
    kept, changed = item("a:1", "", "CC-BY-4.0", said(KEPT, SAME)), item("a:2", "", "CC-BY-4.0")
    changed.evidence = (*changed.evidence, said(KEPT, SAME))
    changed.sha256 = OTHER
    settle([kept, changed], WANTED, 20)
    assert (kept.decision.reason, changed.decision.reason) == (None, "fetch.changed")
