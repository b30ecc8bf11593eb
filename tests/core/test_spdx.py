"""License statements: the real strings, the rules behind them, and that nothing slips through."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator import data
from curator.core import spdx
from curator.core.license_table import ACCEPTED, shelf
from curator.core.reasons import REASONS
from curator.core.spdx import read, standing
from curator.model import LicenseClass

NEVER = tuple(cls for cls in LicenseClass if cls not in ACCEPTED)
CLASSES = tuple(LicenseClass)


@pytest.fixture(scope="module")
def strings(shared):
    with (shared / "cases" / "licence-strings.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def is_right(row: dict[str, str]) -> bool:
    found = read(row["raw"]).spdx
    if row["match"] == "none":
        return found is None
    if row["match"] == "licenseref":
        return bool(found) and found.startswith("LicenseRef-")
    return found == row["expected_spdx"]


def test_no_real_string_of_a_closed_class_is_accepted(strings):
    closed = [row["raw"] for row in strings if row["trainable_class"] in NEVER]
    assert closed
    assert [raw for raw in closed if read(raw).accepted] == []


def test_every_sure_real_string_is_right(strings):
    sure = [row for row in strings if not row["unsure"]]
    assert [row["raw"] for row in sure if not is_right(row)] == []
    assert [r["raw"] for r in sure if read(r["raw"]).cls != r["trainable_class"]] == []


def test_debatable_real_strings_are_nearly_all_right(strings):
    unsure = [row for row in strings if row["unsure"]]
    right = [row for row in unsure if is_right(row) and read(row["raw"]).cls in CLASSES]
    assert len(right) >= 0.98 * len(unsure)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("http://web.resource.org/cc/PublicDomain", "CC-PDDC", id="Open Clip Art"),
        pytest.param("GFDL-NIV-1.2", "GFDL-1.2-no-invariants-only", id="Debian, no invariants"),
        pytest.param("GFDL-NIV-1.2+", "GFDL-1.2-no-invariants-or-later", id="Debian, or later"),
        pytest.param("GPL-2+", "GPL-2.0-or-later", id="Debian short name"),
        pytest.param("public-domain", "LicenseRef-PD-unspecified", id="Debian public domain"),
        pytest.param("CC-BY-SA-3.0 and MIT", "CC-BY-SA-3.0 AND MIT", id="Debian and"),
        pytest.param("GFDL or CC0", "GFDL-1.2-or-later OR CC0-1.0", id="a choice in words"),
        pytest.param("{{self|GFDL|cc-zero}}", "GFDL-1.2-or-later OR CC0-1.0", id="wiki template"),
        pytest.param("(CC0 or MIT) and ISC", "(CC0-1.0 OR MIT) AND ISC", id="brackets stay"),
        pytest.param("MIT or MIT", "MIT", id="said twice"),
        pytest.param("PD-USGov-NASA", "LicenseRef-Commons-PD-USGov-NASA", id="tag by rule"),
        pytest.param("PD-Art|PD-old-90", "LicenseRef-Commons-PD-Art-PD-old-90", id="tag in a tag"),
        pytest.param("https://spdx.org/licenses/ODC-By-1.0.html", "ODC-By-1.0", id="SPDX page"),
        pytest.param("CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)", "CC-BY-4.0",
                     id="a link that says the same"),
        pytest.param('<a href="https://creativecommons.org/licenses/by/3.0/">CC BY</a>',
                     "CC-BY-3.0", id="a link that adds the version"),
        pytest.param("<p>Licensed under <b>CC&nbsp;BY&nbsp;4.0</b>.</p>", "CC-BY-4.0", id="HTML"),
        pytest.param("表示 - 継承 4.0 国際", "CC-BY-SA-4.0", id="Japanese name without the mark"),
    ],
)  # fmt: skip
def test_what_upstream_writes_is_understood(text, expected):
    assert read(text).spdx == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("https://creativecommons.org.evil.example/licenses/by/4.0/", id="longer host"),
        pytest.param("https://xcreativecommons.org/licenses/by/4.0/", id="host with a prefix"),
        pytest.param("https://creativecommons.org@evil.example/licenses/by/4.0/", id="user"),
        pytest.param("https://creativecommons.org:81/licenses/by/4.0/", id="port"),
        pytest.param("https://evil.example/https://creativecommons.org/licenses/by/4.0/",
                     id="address inside an address"),
        pytest.param("https://evil.example/?u=//creativecommons.org/licenses/by/4.0/", id="query"),
        pytest.param("https://\u0441reativecommons.org/licenses/by/4.0/", id="Cyrillic letter"),
        pytest.param("ftp://creativecommons.org/licenses/by/4.0/", id="another scheme"),
        pytest.param("https://creativecommons.org/licenses/by/5.0/", id="no such version"),
        pytest.param("https://creativecommons.org/licenses/by/2.1/", id="2.1 exists as ports only"),
        pytest.param("https://creativecommons.org/licenses/by/4.0/de/", id="4.0 was never ported"),
        pytest.param("https://creativecommons.org/licenses/by/3.0/zz/", id="no such port"),
        pytest.param("https://creativecommons.org/licenses/by-sa-nd/3.0/", id="no such code"),
        pytest.param("CC BY 4.0 Unported", id="a version called by another's word"),
        pytest.param("CC BY-SA 4.0 CC BY 4.0", id="two licenses without a word between"),
        pytest.param("CC BY 4.0, no AI training", id="an added restriction"),
        pytest.param("CC BY 4.0 <no ai training>", id="a restriction that looks like a tag"),
        pytest.param('<b data-x="no AI">CC BY 4.0</b>', id="an attribute nobody reads"),
        pytest.param('<a href="https://creativecommons.org/licenses/by-nc/4.0/">CC BY 4.0</a>',
                     id="a link that says less"),
        pytest.param("CC BY 4.0 and NoAI", id="AND with a restriction"),
        pytest.param("CC BY 4.0 or something else", id="OR with something unknown"),
        pytest.param("CC BY 4.0 (CC0", id="a bracket too few with a second name"),
        pytest.param("(" * 3000 + "CC0" + ")" * 3000 + " or MIT", id="endless brackets"),
        pytest.param("(" * 500 + "CC0 or MIT", id="many brackets"),
        pytest.param("GPL-2.0-only WITH made-up-exception", id="an exception nobody knows"),
        pytest.param("LicenseRef-CC-BY-4.0", id="a LicenseRef that is not ours"),
        pytest.param("CC BY 4.0 " * 1000, id="a text far too long"),
        pytest.param("CC BY 4.0?", id="a doubt"),
        pytest.param("NOASSERTION", id="SPDX for nothing said"),
    ],
)  # fmt: skip
def test_what_is_not_word_for_word_known_is_not_understood(text):
    assert (read(text).spdx, read(text).accepted) == (None, False)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("", "rights.none", id="empty"),
        pytest.param(" \n", "rights.none", id="white space"),
        pytest.param("Ask at the desk", "rights.unknown", id="not a license"),
        pytest.param("All rights reserved", "rights.refused", id="reserved"),
        pytest.param("CC BY-NC 4.0", "rights.refused", id="non-commercial"),
        pytest.param("GFDL", "rights.refused", id="GFDL alone"),
        pytest.param("GPL-3.0-or-later", "rights.refused", id="GPL alone"),
        pytest.param("AAL", "rights.refused", id="listed by SPDX, without an entry here"),
        pytest.param("CC BY-SA", "rights.unversioned", id="no version"),
        pytest.param("CC BY-NC", "rights.refused", id="no version and non-commercial anyway"),
        pytest.param("CC-PDM-1.0", "rights.pd-reason", id="the mark"),
        pytest.param("Public Domain", "rights.pd-reason", id="bare public domain"),
        pytest.param("PD-old-70", "rights.pd-reason", id="70 years are not enough"),
        pytest.param("CC BY or MIT", None, id="the open arm is chosen"),
        pytest.param("CC BY and MIT", "rights.unversioned", id="AND needs both"),
        pytest.param("CC BY and GPL-2", "rights.refused", id="a rejection goes before a hold"),
        pytest.param("PD-self", None, id="the holder's own dedication"),
    ],
)
def test_the_reason_says_why_a_text_alone_is_not_enough(text, reason):
    assert read(text).reason == reason
    assert read(text).accepted is (reason is None)
    assert read(text).why.endswith(".")


@pytest.mark.parametrize(
    ("expression", "cls", "accepted"),
    [
        ("CC-BY-SA-4.0 OR CC-BY-4.0", LicenseClass.ATTRIBUTION, True),
        ("CC-BY-NC-4.0 OR CC-BY-SA-4.0", LicenseClass.SHARE_ALIKE, True),
        ("CC-BY-4.0 AND CC-BY-SA-4.0", LicenseClass.SHARE_ALIKE, True),
        ("CC0-1.0 AND CC-BY-ND-4.0", LicenseClass.NO_DERIVATIVES, False),
        ("GPL-2.0-only OR CC-BY-ND-4.0", LicenseClass.SHARE_ALIKE, False),
        ("CC-BY-4.0 OR LicenseRef-nobody", LicenseClass.UNKNOWN, False),
        ("CC-BY-4.0 OR", LicenseClass.UNKNOWN, False),
        ("", LicenseClass.UNKNOWN, False),
    ],
)
def test_or_takes_the_least_demanding_and_and_the_strictest(expression, cls, accepted):
    reading = standing(expression)
    assert (reading.cls, reading.accepted) == (cls, accepted)


def test_a_declared_version_completes_only_what_has_none():
    assert read("CC-BY", "4.0").spdx == "CC-BY-4.0"
    assert read("jps:ccby", "4.0").spdx == "CC-BY-4.0"
    assert read("GFDL or CC-BY-SA", "3.0").spdx == "GFDL-1.2-or-later OR CC-BY-SA-3.0"
    assert read("CC-BY-3.0", "4.0").spdx == "CC-BY-3.0"
    assert read("CC-BY", "9.9").reason == "rights.unversioned"


def test_obligations_are_those_of_what_is_taken():
    assert spdx.obligations("CC0-1.0") == ()
    assert "share-alike" in spdx.obligations("CC-BY-SA-4.0 AND CC-BY-4.0")
    assert "share-alike" not in spdx.obligations("CC-BY-SA-4.0 OR CC-BY-4.0")


@pytest.mark.parametrize(
    ("license_id", "address"),
    [
        ("CC-BY-SA-3.0-AT", "https://creativecommons.org/licenses/by-sa/3.0/at/"),
        ("LicenseRef-CC-BY-2.1-JP", "https://creativecommons.org/licenses/by/2.1/jp/"),
        ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("Zlib", "https://spdx.org/licenses/Zlib.html"),
        ("LicenseRef-PD-expired", ""),
        ("LicenseRef-nobody", ""),
    ],
)
def test_every_license_knows_its_address(license_id, address):
    assert spdx.url(license_id) == address
    assert not address or read(address).spdx == license_id


def test_the_texts_of_the_common_licenses_are_there():
    for name in ("CC-BY-2.0", "CC-BY-SA-4.0", "CC0-1.0", "CC-PDDC", "Unicode-3.0"):
        assert spdx.text_name(name) == f"texts/{name}.txt"
        assert len(data.text(f"texts/{name}.txt")) > 1000
    assert spdx.text_name("LicenseRef-nobody") is None
    assert spdx.text_name("../spdx-ids") is None


def test_the_tables_keep_their_own_rules():
    for row in spdx.table():
        assert row.accepted is (row.reason is None)
        assert not row.accepted or row.cls in ACCEPTED
        assert row.reason is None or row.reason in REASONS
        assert row.id.startswith("LicenseRef-") or row.id in shelf().listed, row.id
        assert read(row.id).spdx == row.id
        assert not row.url or read(row.url).spdx == row.id


def test_every_name_and_address_in_the_tables_is_read_as_what_it_means():
    for _, content in data.tables():
        for kind, entry in ((k, e) for k in ("license", "alias") for e in content.get(k, ())):
            means = entry["id" if kind == "license" else "means"]
            for text in (*entry.get("names", ()), *entry.get("urls", ())):
                assert read(text).spdx == means, text


CODES = ("by", "by-sa", "by-nd", "by-nc", "by-nc-sa", "by-nc-nd")
KNOWN = st.sampled_from(
    [
        *(f"CC {code} {v}" for code in CODES for v in ("2.0", "3.0", "4.0", "")),
        *(
            f"https://creativecommons.org/licenses/{code}/{v}/"
            for code in CODES
            for v in (2.5, 4.0)
        ),
        *("CC0", "MIT", "GFDL", "public domain", "PD-self", "flickr:4", "All rights reserved"),
        *("MIT or CC BY-NC 4.0", "CC BY 4.0 AND MIT", "NOASSERTION", "somebody's picture"),
    ]
)
WORDS = st.sampled_from(
    ["not", "except", "only", "NoAI", "unless", "never", "禁止", "nicht", "noncommercial", "?", "§"]
)
CHARACTERS = st.sampled_from("§?!*#%&=~^<>@$€\\x€qj")


def no_wider(changed: str, base: str) -> bool:
    after, before = read(changed), read(base)
    if not after.accepted:
        return True
    return before.accepted and CLASSES.index(after.cls) >= CLASSES.index(before.cls)


@given(KNOWN, WORDS, st.booleans())
def test_one_more_word_never_widens(base, word, before):
    assert no_wider(f"{word} {base}" if before else f"{base} {word}", base)


@given(KNOWN, CHARACTERS, st.data())
def test_one_more_character_never_widens(base, character, where):
    place = where.draw(st.integers(0, len(base)))
    assert no_wider(base[:place] + character + base[place:], base)


@given(st.from_regex(r"[a-z0-9-]{1,12}(\.[a-z]{2,6}){0,2}", fullmatch=True), st.booleans())
def test_one_more_part_of_a_host_is_another_host(part, before):
    host = f"{part}.creativecommons.org" if before else f"creativecommons.org.{part}"
    reading = read(f"https://{host}/licenses/by/4.0/")
    assert reading.accepted is (host == "www.creativecommons.org")


@given(st.one_of(st.text(max_size=200), KNOWN, st.sampled_from(sorted(shelf().names))))
def test_reading_what_was_read_changes_nothing(text):
    first = read(text)
    assert first.cls in ACCEPTED or not first.accepted
    if first.spdx is not None:
        again = read(first.spdx)
        assert (again.spdx, again.cls, again.accepted) == (first.spdx, first.cls, first.accepted)
        assert standing(first.spdx).spdx == first.spdx


@pytest.mark.parametrize(
    "text",
    [
        "(CC BY 4.0",
        '<p style="text-decoration:line-through">CC BY 4.0</p>',
        "<span hidden>CC BY 4.0</span>",
        "<del>CC BY 4.0</del>",
        (
            '<a href="https://creativecommons.org/licenses/by/4.0/">'
            '<img src="https://i.creativecommons.org/l/by-nc-nd/4.0/88x31.png"></a>'
        ),
        "CC BY 4.0|In Copyright",
        "CC-BY-4.0 or In Copyright",
        "CC BY 4.0 | Shutterstock",
        "cc-by-4.0|getty images",
        "CC0 | copyright not evaluated",
        "CC BY 4.0|CC BY-NC-ND 4.0",
        "https://creativecommons.org/licenses/by/4.0/|http://rightsstatements.org/vocab/InC/1.0/",
    ],
)
def test_what_grants_nothing_is_no_choice(text):
    assert not spdx.read(text).accepted


def test_a_choice_of_licenses_takes_the_open_arm():
    for text in ("GFDL|cc-by-sa-3.0", "CC-BY-4.0 OR GPL-2.0-only", "CC-BY-4.0 OR CC-BY-NC-4.0"):
        assert spdx.read(text).accepted
