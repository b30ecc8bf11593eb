"""What licenses ask for, by the texts in licenses/texts, and which promises no recipe can keep."""

import pytest

from curator.core.obligations import DUTIES, STRATA, duties, mix, named, taken, text
from curator.core.policy import CLASSES
from curator.core.spdx import read
from curator.model import Basis, LicenseClass

BY_OLD = ("attribution", "title", "copyright-notice", "license-notice", "warranty-notice")
OPEN = frozenset(CLASSES)
SOURCES = {"made-up": Basis.OPEN_LICENSE}


@pytest.mark.parametrize(
    ("rights", "asked"),
    [
        pytest.param(["CC0-1.0"], (), id="a dedication asks for nothing"),
        pytest.param(["CC-PDM-1.0"], (), id="what is in the public domain asks for nothing"),
        pytest.param([""], (), id="no right at all"),
        pytest.param(
            ["CC-BY-1.0"],
            (*BY_OLD, "notice-of-changes"),
            id="CC BY 1.0, 4(b): notices, author, title, but no address of the work",
        ),
        pytest.param(
            ["CC-BY-2.0"],
            (*BY_OLD, "source-link", "notice-of-changes"),
            id="CC BY 2.0, 4(b): the address of the work as well",
        ),
        pytest.param(
            ["CC-BY-3.0-DE"],
            (*BY_OLD, "source-link", "notice-of-changes"),
            id="a port asks as its version does",
        ),
        pytest.param(
            ["CC-BY-4.0"],
            (*BY_OLD[:1], *BY_OLD[2:], "source-link", "notice-of-changes"),
            id="CC BY 4.0, 3(a)(1): no title, and every modification",
        ),
        pytest.param(
            ["LicenseRef-CC-BY-SA-2.0-DE"],
            (*BY_OLD, "source-link", "notice-of-changes", "share-alike"),
            id="BY-SA asks for the same license too",
        ),
        pytest.param(
            ["Unicode-3.0"],
            (
                *("attribution", "copyright-notice", "permission-notice"),
                *("license-notice", "warranty-notice"),
            ),
            id="Unicode: its copyright and permission notice",
        ),
        pytest.param(
            ["GFDL-1.2-or-later OR CC-BY-SA-4.0"],
            duties("CC-BY-SA-4.0"),
            id="of a choice only what is chosen",
        ),
        pytest.param(
            ["CC-BY-4.0 AND CC-PDM-1.0"],
            duties("CC-BY-4.0"),
            id="of all that apply, those of all",
        ),
        pytest.param(
            ["CC0-1.0", "CC-PDM-1.0", "CC-BY-SA-3.0"],
            duties("CC-BY-SA-3.0"),
            id="image, work and caption together",
        ),
    ],
)
def test_duties(rights, asked):
    assert duties(*rights) == asked


def test_every_duty_is_described_and_listed_in_one_order():
    together = duties("CC-BY-SA-2.0", "Unicode-3.0", "LAL-1.3")
    assert together == tuple(DUTIES)


@pytest.mark.parametrize(
    ("expression", "licenses"),
    [
        ("CC-BY-4.0", ("CC-BY-4.0",)),
        ("CC-BY-NC-4.0 OR CC-BY-SA-4.0", ("CC-BY-SA-4.0",)),
        ("GPL-2.0-only OR (CC-BY-SA-4.0 AND MIT)", ("CC-BY-SA-4.0", "MIT")),
        ("CC0-1.0 OR CC-BY-4.0", ("CC0-1.0",)),
        ("CC-BY-4.0 AND (CC-BY-SA-3.0 OR GPL-2.0-only)", ("CC-BY-4.0", "CC-BY-SA-3.0")),
        ("", ()),
        ("nobody knows this", ()),
    ],
)
def test_which_licenses_a_thing_is_used_under(expression, licenses):
    assert taken(expression) == licenses


def test_names_and_texts():
    assert named("GPL-2.0-only OR (CC-BY-SA-4.0 AND MIT)") == (
        "CC-BY-SA-4.0",
        "GPL-2.0-only",
        "MIT",
    )
    assert text("CC0-1.0").startswith("Creative Commons Legal Code")
    assert "https://creativecommons.org/licenses/by/2.0/de/" in text("LicenseRef-CC-BY-2.0-DE")


def test_every_accepted_class_has_its_stratum():
    assert set(STRATA) == set(CLASSES)


@pytest.mark.parametrize(
    "license_id",
    [
        pytest.param("CC0-1.0", id="CC0 covers the arrangement only"),
        pytest.param("CC-BY-4.0", id="attribution"),
        pytest.param("CC-BY-SA-4.0", id="share-alike"),
        pytest.param("ODbL-1.0", id="a license of databases, refused for pictures, fits here"),
        pytest.param("CC-BY-4.0 OR CC-BY-NC-4.0", id="a choice with an open arm"),
    ],
)
def test_promises_that_can_be_kept(license_id):
    assert mix(license_id, OPEN, SOURCES) is None


@pytest.mark.parametrize(
    ("license_id", "words"),
    [
        pytest.param("made-up license", "not a license that curator knows", id="unknown"),
        pytest.param("", "no license is stated", id="none"),
        pytest.param("CC BY", "names no version", id="no version"),
        pytest.param("CC-BY-NC-4.0", "forbids commercial use", id="non-commercial"),
        pytest.param("CC-BY-ND-4.0", "forbids adaptations", id="no derivatives"),
        pytest.param("InC", "reserves the rights", id="reserved"),
        pytest.param("CC-PDM-1.0", "only a dedication", id="a mark is a claim about old works"),
        pytest.param("public domain", "only a dedication", id="bare words"),
        pytest.param("Aladdin", "does not know what it asks for", id="on the list, unread"),
    ],
)
def test_promises_that_nobody_can_keep(license_id, words):
    fault = mix(license_id, OPEN, SOURCES)
    assert words in fault.what
    assert fault.fix


def test_a_restriction_over_share_alike_items_is_named():
    assert "share-alike items" in mix("CC-BY-NC-4.0", OPEN, SOURCES).what
    assert (
        "share-alike items"
        not in mix("CC-BY-NC-4.0", frozenset({LicenseClass.PUBLIC_DOMAIN}), SOURCES).what
    )


@pytest.mark.parametrize(
    ("basis", "accept", "possible"),
    [
        (Basis.PUBLIC_DOMAIN, "public-domain", True),
        (Basis.PUBLIC_DOMAIN, "attribution", False),
        (Basis.OPEN_LICENSE, "share-alike", True),
        (Basis.OPEN_LICENSE, "opt-in", False),
        (Basis.OPT_IN, "attribution", True),
    ],
)
def test_a_source_of_which_nothing_could_pass(basis, accept, possible):
    fault = mix("CC0-1.0", frozenset({LicenseClass(accept)}), {"made-up": basis})
    assert (fault is None) is possible
    if fault:
        assert "'made-up'" in fault.what


def test_other_families_of_accepted_licenses_can_be_promised():
    for name in ("MIT", "LAL-1.3", "OGL-UK-3.0", "CDLA-Permissive-2.0", "LicenseRef-PDL-JP-1.0"):
        assert read(name).accepted
        assert mix(name, OPEN, SOURCES) is None
