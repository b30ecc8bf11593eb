"""The table of sources' rules about AI: whole, and a recipe that contradicts it is told so."""

import pytest
from world import World, run

from curator.core.source_rules import Says, contradiction, rule_of, rules
from curator.terms import NotAi

OPENMOJI = "https://github.com/hfg-gmuend/openmoji/blob/17.0.0/LICENSE.txt"
UNSPLASH = "https://help.unsplash.com/en/articles/2534415-submission-guidelines"


def word(by: str = "source-rule", proof: str = OPENMOJI) -> NotAi:
    return NotAi(by, "a made-up statement", proof)


def test_every_row_is_whole_and_no_two_claim_one_place():
    places = [at for rule in rules() for at in rule.at]
    assert len(places) == len(set(places))
    assert {rule.rule for rule in rules()} == set(Says)
    for rule in rules():
        assert rule.url.startswith("http"), rule.name
        assert bool(rule.quote) == (rule.rule is not Says.NOTHING), rule.name


@pytest.mark.parametrize(
    ("url", "name"),
    [
        pytest.param(OPENMOJI, "OpenMoji", id="a page below the beginning of a path"),
        pytest.param("https://WWW.Pixiv.net/artworks/1", "pixiv", id="www and case do not count"),
        pytest.param("http://openclipart.org/", "Openclipart", id="a host alone"),
        pytest.param("https://github.com/hfg-gmuend/openmoji-fork", None, id="a longer name"),
        pytest.param("https://unsplash.com.example.org/", None, id="a host that only begins so"),
        pytest.param("ftp://pixiv.net/", None, id="not a web address"),
        pytest.param("https://[broken", None, id="not an address at all"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_which_source_an_address_belongs_to(url, name):
    rule = rule_of(url)
    assert (rule.name if rule else None) == name


@pytest.mark.parametrize(
    ("said", "proof", "wrong"),
    [
        pytest.param(word(), None, True, id="the rule is claimed where none was found"),
        pytest.param(
            word(proof="https://example.org/"), OPENMOJI, True, id="the source's own proof tells"
        ),
        pytest.param(word(proof=UNSPLASH), UNSPLASH, False, id="a rule that exists"),
        pytest.param(word(by="creator"), OPENMOJI, False, id="a creator's word needs no rule"),
        pytest.param(word(proof="https://example.org/"), None, False, id="a stranger"),
        pytest.param(None, OPENMOJI, False, id="no statement at all"),
    ],
)
def test_a_recipe_that_contradicts_the_table(said, proof, wrong):
    words = contradiction(said, proof)
    assert (words is not None) == wrong
    assert not wrong or "OpenMoji" in words


def test_a_recipe_with_such_a_rule_is_refused_with_its_file(tmp_path):
    recipe = World(tmp_path).add("one").write()
    said = '{by: source-rule, statement: "no AI here", proof: "https://openmoji.org/"}'
    text = recipe.read_text().replace("    path: items", f"    not_ai: {said}\n    path: items")
    recipe.write_text(text)
    result = run("plan", recipe)
    assert result.exit_code == 2
    assert "sources.yaml: `not_ai` of tiny rests on a rule of OpenMoji" in result.stderr
