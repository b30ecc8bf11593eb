"""One line per license and version, each read against the text in licenses/texts by hand."""

import pytest

from curator.core.attribution import Credit, line

PAGE = "https://example.org/made-up/1"
DEED = "https://creativecommons.org/licenses"
NOTICE = "© 2001 Nobody at all"


def credit(license_id: str, **more: object) -> Credit:
    """A made-up work under a license."""
    known = {"title": "Made-up hill", "creator": "Nobody at all", "page": PAGE}
    return Credit(**{**known, "license": license_id, **more})


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(
            credit("CC-BY-1.0", copyright_notice=NOTICE, changes=("rotated upright",)),
            f"“Made-up hill” by Nobody at all, {NOTICE}, licensed CC-BY-1.0 ({DEED}/by/1.0/), "
            f"disclaimer of warranties in its section 5; source: {PAGE}; changes: rotated upright",
            id="CC BY 1.0, 4(a) and (b): notices, author, title, what is used; license's address",
        ),
        pytest.param(
            credit("CC-BY-2.0", changes=("resized from 90x60 to 45x30",)),
            f"“Made-up hill” by Nobody at all, licensed CC-BY-2.0 ({DEED}/by/2.0/), disclaimer of "
            f"warranties in its section 5; source: {PAGE}; changes: resized from 90x60 to 45x30",
            id="CC BY 2.0, 4(b): and the address that the licensor gives the work",
        ),
        pytest.param(
            credit("CC-BY-2.5", designated="Made-up Institute"),
            "“Made-up hill” by Nobody at all, credit as asked for: Made-up Institute, licensed "
            f"CC-BY-2.5 ({DEED}/by/2.5/), disclaimer of warranties in its section 5; "
            f"source: {PAGE}",
            id="CC BY 2.5, 4(b)(ii): and the parties that the licensor designates",
        ),
        pytest.param(
            credit("CC-BY-3.0", copyright_notice=NOTICE, changes=("location removed",)),
            f"“Made-up hill” by Nobody at all, {NOTICE}, licensed CC-BY-3.0 ({DEED}/by/3.0/), "
            f"disclaimer of warranties in its section 5; source: {PAGE}; changes: location removed",
            id="CC BY 3.0, 3(b) and 4(b): changes identified, title if supplied, address",
        ),
        pytest.param(
            credit("CC-BY-4.0", copyright_notice=NOTICE, changes=("rotated upright",)),
            f"“Made-up hill” by Nobody at all, {NOTICE}, licensed CC-BY-4.0 ({DEED}/by/4.0/), "
            f"disclaimer of warranties in its section 5; source: {PAGE}; changes: rotated upright",
            id="CC BY 4.0, 3(a)(1): creator, notices of copyright, license, disclaimer; address",
        ),
        pytest.param(
            credit("CC-BY-SA-2.0", title=""),
            f"Image by Nobody at all, licensed CC-BY-SA-2.0 ({DEED}/by-sa/2.0/), disclaimer of "
            f"warranties in its section 5; source: {PAGE}",
            id="CC BY-SA 2.0: a title that was not supplied is not made up",
        ),
        pytest.param(
            credit("CC-BY-SA-4.0", creator="", page=""),
            f"“Made-up hill”, licensed CC-BY-SA-4.0 ({DEED}/by-sa/4.0/), disclaimer of warranties "
            "in its section 5",
            id="CC BY-SA 4.0: nor is a creator or an address",
        ),
        pytest.param(
            credit("CC-BY-3.0-DE"),
            f"“Made-up hill” by Nobody at all, licensed CC-BY-3.0-DE ({DEED}/by/3.0/de/), "
            f"disclaimer of warranties in its text; source: {PAGE}",
            id="a port may number its sections in another way",
        ),
        pytest.param(
            credit("CC0-1.0"),
            "“Made-up hill” by Nobody at all, released under CC0-1.0 "
            f"(https://creativecommons.org/publicdomain/zero/1.0/); source: {PAGE}",
            id="CC0: nothing is asked, and it is given all the same",
        ),
        pytest.param(
            credit("CC-PDM-1.0"),
            "“Made-up hill” by Nobody at all, public domain, as stated at its source: CC-PDM-1.0 "
            f"(https://creativecommons.org/publicdomain/mark/1.0/); source: {PAGE}",
            id="the mark is published as a claim",
        ),
        pytest.param(
            credit("LicenseRef-Commons-PD-old-100-expired"),
            "“Made-up hill” by Nobody at all, public domain, as stated at its source: "
            f"LicenseRef-Commons-PD-old-100-expired; source: {PAGE}",
            id="and so is a tag of Commons",
        ),
        pytest.param(
            credit("MIT", copyright_notice=NOTICE),
            f"“Made-up hill” by Nobody at all, {NOTICE}, licensed MIT "
            "(https://opensource.org/licenses/MIT), copyright and permission notice: "
            f"https://opensource.org/licenses/MIT; source: {PAGE}",
            id="MIT: its own notice goes along",
        ),
        pytest.param(
            credit("OGL-UK-3.0"),
            "“Made-up hill” by Nobody at all, licensed OGL-UK-3.0 (https://www.nationalarchives."
            f"gov.uk/doc/open-government-licence/version/3/); source: {PAGE}",
            id="a government's license",
        ),
        pytest.param(
            credit("GFDL-1.2-or-later OR CC-BY-SA-3.0"),
            "“Made-up hill” by Nobody at all, chosen from GFDL-1.2-or-later OR CC-BY-SA-3.0: "
            f"licensed CC-BY-SA-3.0 ({DEED}/by-sa/3.0/), disclaimer of warranties in its "
            f"section 5; source: {PAGE}",
            id="a choice names what was chosen, and from what",
        ),
        pytest.param(
            credit("CC0-1.0", caption_license="Unicode-3.0", caption_source=PAGE),
            "“Made-up hill” by Nobody at all, released under CC0-1.0 "
            f"(https://creativecommons.org/publicdomain/zero/1.0/); source: {PAGE}; caption: "
            "licensed Unicode-3.0 (https://www.unicode.org/license.txt), copyright and permission "
            f"notice: licenses/Unicode-3.0.txt, via {PAGE}",
            id="a caption under Unicode's license points to the text that lies beside",
        ),
        pytest.param(
            credit(
                "CC-BY-4.0",
                work_license="CC-PDM-1.0",
                caption_license="CC-BY-SA-4.0",
                caption_source=PAGE,
                caption_changes=("shortened at a sentence",),
            ),
            f"“Made-up hill” by Nobody at all, licensed CC-BY-4.0 ({DEED}/by/4.0/), disclaimer of "
            "warranties in its section 5; depicted work: public domain, as stated at its source: "
            "CC-PDM-1.0 (https://creativecommons.org/publicdomain/mark/1.0/); "
            f"source: {PAGE}; caption: licensed CC-BY-SA-4.0 ({DEED}/by-sa/4.0/), disclaimer of "
            f"warranties in its section 5, via {PAGE}, changes: shortened at a sentence",
            id="image, depicted work and caption each with its own license",
        ),
    ],
)
def test_english(given, expected):
    assert line(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(
            credit("CC-BY-2.5", copyright_notice=NOTICE, changes=("rotated upright",)),
            f"「Made-up hill」(作者: Nobody at all)、{NOTICE}、CC-BY-2.5 ({DEED}/by/2.5/)に基づき"
            f"利用許諾、保証の否認は同ライセンス第5条; 出典: {PAGE}; 変更点: 正しい向きに回転",
            id="CC BY 2.5",
        ),
        pytest.param(
            credit("CC-BY-SA-4.0", title="", changes=("converted from PNG", "something new")),
            f"画像(作者: Nobody at all)、CC-BY-SA-4.0 ({DEED}/by-sa/4.0/)に基づき利用許諾、"
            f"保証の否認は同ライセンス第5条; 出典: {PAGE}; 変更点: PNGから変換、something new",
            id="CC BY-SA 4.0; words that nobody translated stay",
        ),
        pytest.param(
            credit("CC0-1.0", caption_license="CC-BY-4.0", caption_source=PAGE),
            "「Made-up hill」(作者: Nobody at all)、CC0-1.0 (https://creativecommons.org/publicdomain"
            f"/zero/1.0/)により公開; 出典: {PAGE}; 説明文: CC-BY-4.0 ({DEED}/by/4.0/)に基づき"
            f"利用許諾、保証の否認は同ライセンス第5条、{PAGE}より",
            id="CC0 with a caption that asks for credit",
        ),
        pytest.param(
            credit("CC-PDM-1.0", creator=""),
            "「Made-up hill」、出典の表示によればパブリックドメイン: CC-PDM-1.0 "
            f"(https://creativecommons.org/publicdomain/mark/1.0/); 出典: {PAGE}",
            id="the mark is published as a claim",
        ),
        pytest.param(
            credit("MIT"),
            "「Made-up hill」(作者: Nobody at all)、MIT (https://opensource.org/licenses/MIT)に基づき"
            "利用許諾、著作権表示と許諾表示: https://opensource.org/licenses/MIT; "
            f"出典: {PAGE}",
            id="MIT",
        ),
    ],
)
def test_japanese(given, expected):
    assert line(given, "ja") == expected


def test_every_change_that_curator_makes_is_told_in_japanese(starter_edition):
    """The words of decode and the captions; a new one needs a line in the table."""
    import pyarrow.parquet as pq  # noqa: PLC0415

    path = starter_edition[0] / "manifest" / "part-00000.parquet"
    rows = pq.read_table(path, columns=["changes", "caption_changes"]).to_pylist()
    changes = {change for row in rows for name in row for change in row[name]}
    assert changes
    told = {change: line(credit("CC0-1.0", changes=(change,)), "ja") for change in changes}
    assert [change for change, words in told.items() if change in words] == []


def test_markup_and_addresses_never_reach_the_line():
    found = line(credit("CC0-1.0", creator='<a href="x">Nobody</a> nobody@example.org'))
    assert "“Made-up hill” by Nobody, released" in found
