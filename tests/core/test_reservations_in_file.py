"""Reservations that travel in the file: PLUS Data Mining and the CAWG assertion."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.core.reservations import Stance, cawg, plus

VOCAB = "http://ns.useplus.org/ldf/vocab/"


# https://ns.useplus.org/LDF/ldf-XMPSpecification#DataMining and
# https://iptc.org/news/exclude-images-from-generative-ai-iptc-photo-metadata-standard-2023-1/
@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (VOCAB + "DMI-UNSPECIFIED", None),
        (VOCAB + "DMI-ALLOWED", "allowed"),
        (VOCAB + "DMI-PROHIBITED-AIMLTRAINING", "reserved"),
        (VOCAB + "DMI-PROHIBITED-GENAIMLTRAINING", "reserved"),
        (VOCAB + "DMI-PROHIBITED-EXCEPTSEARCHENGINEINDEXING", "reserved"),
        (VOCAB + "DMI-PROHIBITED", "reserved"),
        (VOCAB + "DMI-PROHIBITED-SEECONSTRAINT", "unreadable"),
        (VOCAB + "DMI-PROHIBITED-SEEEMBEDDEDRIGHTSEXPR", "unreadable"),
        (VOCAB + "DMI-PROHIBITED-SEELINKEDRIGHTSEXPR", "unreadable"),
        (VOCAB + "DMI-SOMETHING-LATER", "unreadable"),
        ("https://ns.useplus.org/ldf/vocab/dmi-prohibited", "reserved"),
        ("DMI-PROHIBITED", "reserved"),
        # exiftool -XMP-plus:DataMining="Prohibited for Generative AI/ML training"
        ("Prohibited for Generative AI/ML training", "reserved"),
        ("https://example.org/ldf/vocab/DMI-ALLOWED", "unreadable"),
        ("yes", "unreadable"),
        ("", None),
    ],
)
def test_plus(value, expected):
    assert [f.stance.value for f in plus.read(value)] == ([expected] if expected else [])


# https://github.com/decentralized-identity/cawg-training-and-data-mining-assertion
ENTRIES = {
    "cawg.ai_training": {"use": "allowed"},
    "cawg.ai_generative_training": {"use": "notAllowed"},
    "cawg.data_mining": {"use": "constrained", "constraint_info": "on some days only"},
}


def uses(assertion):
    return {f.value.partition(":")[0]: f.stance.value for f in cawg.read(assertion)}


def test_the_specifications_example():
    assert uses({"entries": ENTRIES}) == {
        "cawg.ai_training": "allowed",
        "cawg.ai_generative_training": "reserved",
        "cawg.data_mining": "reserved",
    }
    assert uses(ENTRIES) == uses({"entries": ENTRIES})  # an earlier version left the map out


def test_the_recorded_example(shared):
    """The repository's diagnostic notation lacks a pair of braces, which CBOR cannot lack."""
    file = shared / "cases" / "source-records" / "optout" / "cawg_training-mining.cbordiag"
    text = re.sub(r'"entries":', '"entries": {', file.read_text(encoding="utf-8")) + "}"
    assert uses(json.loads(text))["cawg.data_mining"] == "reserved"


@pytest.mark.parametrize(
    ("assertion", "expected"),
    [
        # https://c2pa.org/specifications/specifications/1.4/specs/C2PA_Specification.html
        ({"entries": {"c2pa.ai_training": {"use": "notAllowed"}}}, {"reserved"}),
        ({"entries": {"cawg.ai_inference": {"use": "notAllowed"}}}, set()),
        ({"entries": {"org.example.poetry": {"use": "notAllowed"}}}, set()),
        ({"entries": {"cawg.some_later_use": {"use": "notAllowed"}}}, {"unreadable"}),
        ({"entries": {"cawg.some_later_use": {"use": "allowed"}}}, set()),
        ({"entries": {"cawg.data_mining": {"use": "perhaps"}}}, {"unreadable"}),
        ({"entries": {"cawg.data_mining": {}}}, {"unreadable"}),
        ({"entries": {"cawg.data_mining": "notAllowed"}}, {"unreadable"}),
        ({"entries": []}, {"unreadable"}),
        (None, {"unreadable"}),
        ({"entries": {}}, set()),
    ],
)
def test_entries(assertion, expected):
    assert {f.stance.value for f in cawg.read(assertion)} == expected


def test_labels():
    assert cawg.is_label("cawg.training-mining")
    assert cawg.is_label("c2pa.training-mining__1")
    assert not cawg.is_label("c2pa.actions")


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.binary(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.integers() | st.sampled_from(["entries", "use", *ENTRIES]), inner)
    ),
    max_leaves=8,
)


@given(ANY)
def test_an_assertion_is_read_whatever_it_holds(assertion):
    cawg.read(assertion)


@given(st.text(max_size=60))
def test_a_value_of_plus_is_read_whatever_it_is(value):
    plus.read(value)


@given(st.text(min_size=1, max_size=8))
def test_one_more_character_never_opens_what_is_prohibited(more):
    found = plus.read(VOCAB + "DMI-PROHIBITED-AIMLTRAINING" + more)
    assert found
    assert found[0].stance is not Stance.ALLOWED


@given(ANY)
def test_one_more_entry_never_opens_what_is_reserved(more):
    entries = {"cawg.data_mining": {"use": "notAllowed"}, "x": more}
    assert "reserved" in {f.stance.value for f in cawg.read({"entries": entries})}
