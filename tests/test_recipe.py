"""The recipe: its defaults, what it hands on, and that any text is a recipe or has faults."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_recipes import (
    CONNECTORS,
    DEFAULTS,
    ENTRY,
    HEAD,
    SHELF,
    SOURCE,
    Bare,
    Label,
    Shelf,
    load,
)

from curator.errors import Fault, RecipeError
from curator.model import Basis, CaptionKind
from curator.recipe import Recipe, canonical
from curator.recipe_file import json_schema
from curator.terms import Catalogue, Limits, NotAi, Published, Terms


def test_every_default_is_the_documented_one():
    assert load(HEAD + SOURCE) == load(HEAD + DEFAULTS + SOURCE)
    assert load(HEAD + SOURCE).limits() == Limits()
    documented = {line.split(":")[0] for line in DEFAULTS.splitlines() if line[0] != " "}
    assert documented == set(Recipe.model_fields) - {"dataset", "sources"}


def test_a_recipe_hands_on_what_it_says():
    recipe = load(
        HEAD
        + "languages: [NO, zh-hant, '*']\n"
        + "images: {min_side: 9, max_aspect: 2}\ncaptions: {min_chars: {cjk: 2}}\n"
        + ENTRY
        + "  proof: https://example.org/terms\n  license: CC0-1.0\n  license_version: '4.0'\n"
        + "  captions_license: CC-BY-4.0\n  limit: 7\n"
        + "  published: {date: 2005-11-01, witness: an invented upload}\n"
        + "  catalogue: {date: created, kept_by: An Invented Museum, proof: https://example.org/c}\n"
        + "  not_ai: {by: creator, statement: s, proof: p, from: '2001-02-03', to: null}\n"
    )
    assert recipe.limits() == Limits(("no", "zh-Hant", "*"), 3, 2, 9, 2.0)
    (source,) = recipe.sources
    assert source.options == Bare()
    assert source.limit == 7
    assert source.terms() == Terms(
        source="one",
        basis=Basis.OPT_IN,
        proof="https://example.org/terms",
        license="CC0-1.0",
        license_version="4.0",
        captions_license="CC-BY-4.0",
        published=Published(date(2005, 11, 1), "an invented upload"),
        catalogue=Catalogue("created", "An Invented Museum", "https://example.org/c"),
        not_ai=NotAi("creator", "s", "p", date(2001, 2, 3)),
    )


def test_a_connector_gets_its_own_keys_typed():
    text = SHELF + "  labels: [{column: c, kind: alt-text}]\n"
    (source,) = load(HEAD + text).sources
    assert source.options == Shelf(row=3, labels=(Label(column="c", kind=CaptionKind.ALT_TEXT),))


@pytest.mark.parametrize(
    ("path", "at", "folder"),
    [
        ("items.csv", "items.csv", "."),
        ("lists/items.JSONL", "items.JSONL", "lists"),
        ("../beside/items.csv.gz", "items.csv.gz", "../beside"),
        ("art/", "", "art/"),
        ("art-0.18", "", "art-0.18"),
        ("art.csv/", "", "art.csv/"),
        (".csv", "", ".csv"),
    ],
)
def test_a_path_names_a_file_by_its_suffix(path: str, at: str, folder: str):
    (source,) = load(HEAD + ENTRY.replace("one/", path)).sources
    assert (source.terms().at, source.folder) == (at, folder)


def test_the_canonical_form_shows_every_change_and_no_layout():
    plain = canonical(load(HEAD + SOURCE))
    assert plain == canonical(load("# note\n" + DEFAULTS + ENTRY + HEAD))
    assert json.loads(json.dumps(plain)) == plain
    texts = [
        HEAD + SOURCE,
        HEAD + "policy: {ledger: full}\n" + SOURCE,
        HEAD + SOURCE.replace("one/", "two/"),
        HEAD + ENTRY + "  not_ai: {by: creator, statement: s, proof: p, from: 2001-02-03}\n",
        HEAD + SHELF,
        HEAD + SHELF.replace("3", "4"),
    ]
    assert len({json.dumps(canonical(load(text))) for text in texts}) == len(texts)


def test_editors_are_told_the_keys_of_each_connector():
    schema = json_schema(CONNECTORS)
    variants = {v["title"]: v for v in schema["properties"]["sources"]["items"]["oneOf"]}
    assert sorted(variants) == ["bare", "shelf"]
    assert variants["shelf"]["properties"]["connector"] == {"const": "shelf"}
    assert {"row", "id", "path", "not_ai"} <= variants["shelf"]["properties"].keys()
    assert "row" in variants["shelf"]["required"]
    assert "row" not in variants["bare"]["properties"]
    assert variants["bare"]["additionalProperties"] is False
    assert schema["$defs"]["Policy"]["properties"]["ledger"]["enum"] == ["short", "full"]
    assert {"dataset", "sources"} == set(schema["required"])
    text = json.dumps(schema)
    named = {part.split('"')[0] for part in text.split('"$ref": "#/$defs/')[1:]}
    assert named == schema["$defs"].keys()


LONG = HEAD + DEFAULTS + SHELF + "  labels: [{column: c}]\n"


@st.composite
def mutations(draw: st.DrawFn) -> str:
    """A valid recipe with a few pieces cut, repeated or replaced."""
    text = LONG
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        piece = draw(
            st.sampled_from(
                ["", text[start:end] * 2, "null", "-1", "[]", "{}", "*a", "&a ", "!!x "]
            )
            | st.sampled_from(
                ["\n", "\t", ": ", "- ", "'", '"', "\\0", "<<: ", "\x00", "\ud800", "#"]
            )
            | st.text(max_size=4)
        )
        text = text[:start] + piece + text[end:]
    return text


@given(mutations() | st.text() | st.text(alphabet="ab:-[]{}?&*!|>'\"%@`#, \n\t\\~0.<"))
def test_any_text_is_a_recipe_or_has_faults_that_one_can_act_on(text: str):
    found: tuple[Fault, ...] = ()
    try:
        assert load(text).sources
    except RecipeError as error:
        found = error.faults
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for fault in found:
        assert 1 <= fault.line <= len(lines)
        assert 1 <= fault.column <= len(lines[fault.line - 1]) + 1
        for words in (fault.what, fault.fix):
            assert words.isprintable()
            assert 0 < len(words) <= 300


@given(st.binary(max_size=60))
def test_any_bytes_are_a_recipe_or_have_faults(content: bytes):
    with pytest.raises(RecipeError):
        load(content)
