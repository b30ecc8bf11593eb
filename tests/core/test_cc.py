"""Creative Commons by rule: every version, port and form of name and address."""

from itertools import product

import pytest

from curator.core import cc
from curator.core.license_text import key
from curator.core.spdx import read
from curator.model import LicenseClass

PORTS_WITH_ID = [
    "BY-2.5-AU",
    "BY-3.0-AT",
    "BY-3.0-AU",
    "BY-3.0-DE",
    "BY-3.0-IGO",
    "BY-3.0-NL",
    "BY-3.0-US",
    "BY-SA-2.0-UK",
    "BY-SA-2.1-JP",
    "BY-SA-3.0-AT",
    "BY-SA-3.0-DE",
    "BY-SA-3.0-IGO",
    "BY-NC-3.0-DE",
    "BY-NC-3.0-IGO",
    "BY-NC-SA-2.0-DE",
    "BY-NC-SA-2.0-FR",
    "BY-NC-SA-2.0-UK",
    "BY-NC-SA-3.0-DE",
    "BY-NC-SA-3.0-IGO",
    "BY-NC-ND-3.0-DE",
    "BY-NC-ND-3.0-IGO",
    "BY-ND-3.0-DE",
]
CODES = {
    "by": LicenseClass.ATTRIBUTION,
    "by-sa": LicenseClass.SHARE_ALIKE,
    "by-nd": LicenseClass.NO_DERIVATIVES,
    "by-nc": LicenseClass.NON_COMMERCIAL,
    "by-nc-sa": LicenseClass.NON_COMMERCIAL,
    "by-nc-nd": LicenseClass.NON_COMMERCIAL,
}
VERSIONS = ("1.0", "2.0", "2.5", "3.0", "4.0")
FORMS = (
    "http://creativecommons.org/licenses/{}/",
    "https://www.creativecommons.org/licenses/{}",
    "//creativecommons.org/licenses/{}//",
    "creativecommons.org/licenses/{}/deed.pt_BR",
    "HTTPS://CreativeCommons.org/licenses/{}/legalcode#s3",
    "https://creativecommons.org/licenses/{}/deed.zh-hans?ref=chooser-v1",
)


@pytest.mark.parametrize(("code", "version"), list(product(CODES, VERSIONS)))
def test_every_version_is_read_from_every_form_of_address_and_name(code, version):
    expected = f"CC-{code.upper()}-{version}"
    texts = [form.format(f"{code}/{version}") for form in FORMS]
    texts += [f"{code} {version}", f"CC {code.upper()} {version}", f"cc-{code}-{version}"]
    for text in texts:
        assert (read(text).spdx, read(text).cls) == (expected, CODES[code]), text


@pytest.mark.parametrize(
    ("code", "port"), list(product(CODES, ("at", "de", "es", "jp", "igo", "us")))
)
def test_a_port_is_its_own_license_of_the_same_class(code, port):
    for form in (*FORMS, "CC-{}"):
        place = f"{code}/3.0/{port}" if "/" in form else f"{code}-3.0-{port}"
        reading = read(form.format(place))
        name = f"{code}-3.0-{port}".upper()
        own = f"CC-{name}" if name in PORTS_WITH_ID else f"LicenseRef-CC-{name}"
        assert (reading.spdx, reading.cls) == (own, CODES[code])


def test_the_ports_with_an_id_are_those_of_the_spdx_list():
    made = [
        cc.identify(code, version, port)
        for code in cc.grammar().codes.values()
        for version, known in cc.grammar().versions.items()
        for port in sorted(known.ports)
    ]
    listed = {name.removeprefix("CC-") for name in made if not name.startswith("LicenseRef-")}
    assert listed - {""} == set(PORTS_WITH_ID)


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        pytest.param("CC BY-SA 4.0 表示-継承", ["CC-BY-SA-4.0"], id="the same said twice"),
        pytest.param("Attribution-NonCommercial-ShareAlike 3.0 Unported (CC BY-NC-SA 3.0)",
                     ["CC-BY-NC-SA-3.0"], id="name and abbreviation"),
        pytest.param("Attribution-ShareAlike 3.0 Austria (CC BY-SA 3.0 AT)", ["CC-BY-SA-3.0-AT"],
                     id="a port by its country"),
        pytest.param("cc-by-2.5,2.0,1.0", ["CC-BY-2.5", "CC-BY-2.0", "CC-BY-1.0"], id="a list"),
        pytest.param("cc-by-sa-3.0-migrated-with-disclaimers", ["CC-BY-SA-3.0"], id="migrated"),
        pytest.param("Creative Commons BY-NC", ["LicenseRef-CC-BY-NC-unversioned"], id="bare"),
        pytest.param("by nd sa 3.0", [], id="elements that exclude each other"),
        pytest.param("CC BY 4.0 BY-NC", [], id="two sets of elements"),
        pytest.param("CC BY 3.0 4.0", [], id="two versions without a comma"),
        pytest.param("CC BY 2.5, 3.5", [], id="a list with a version that does not exist"),
        pytest.param("CC BY de 3.0", [], id="a port out of place"),
        pytest.param("CC BY de", [], id="a port without version"),
        pytest.param("CC BY 3.0 de at", [], id="two ports"),
        pytest.param("CC BY 3.0 de Unported", [], id="ported and unported"),
        pytest.param("NC", [], id="a lone NC may be a state"),
        pytest.param("Creative Commons", [], id="nothing said"),
    ],
)  # fmt: skip
def test_a_name_is_read_whole_or_not_at_all(name, ids):
    assert list(cc.by_name(key(name))) == ids


def test_a_link_completes_only_the_same_license():
    bare = "LicenseRef-CC-BY-unversioned"
    assert cc.completes(bare, "CC-BY-4.0")
    assert not cc.completes(bare, "CC-BY-SA-4.0")
    assert not cc.completes("CC-BY-3.0", "CC-BY-4.0")
