"""Every slip in a recipe has its line, its column, its words and its remedy, all at once."""

import pytest
from made_up_recipes import ENTRY, HEAD, SHELF, SOURCE, faults

# The slip | a line between the dataset and the sources | place | what | fix
TOP = """
an unknown key has a suggestion | sorces: [] | 2:1 | `sorces` is no key | `sources`
an unknown key of a group | images: {min_sde: 9} | 2:10 | no key | `min_side`
an underscore in a number | shards: {samples: 1_000} | 2:19 | '1_000' | digits
a point in a whole number | shards: {samples: 10.0} | 2:19 | 10.0 | digits
a number in quotes | images: {max_aspect: "3"} | 2:22 | a number | 3.0
infinity | images: {max_aspect: .inf} | 2:22 | a number | 3.0
too small | shards: {samples: 0} | 2:19 | is 0 | at least 1
too large | captions: {max_tokens: 78} | 2:24 | is 78 | at most 77
no room between the sides | images: {min_side: 1025} | 2:20 | no room | smaller
an empty group | policy: | 2:1 | empty | leave it out
a list for a group | policy: [pure] | 2:9 | a list | indented
a word for a list | languages: en | 2:12 | a list | [one, two]
a format that is not written | images: {format: png} | 2:18 | 'png' | jpg
a class never accepted | policy: {accept: [non-commercial]} | 2:19 | 'non-commercial' | share-alike
nothing accepted | policy: {accept: []} | 2:18 | empty | at least one
nothing admitted | policy: {ai_admit: []} | 2:20 | empty | at least one
no language | languages: [] | 2:12 | empty | at least one
a language twice | languages: [en, EN] | 2:12 | twice | once
a language by name | languages: [english] | 2:13 | language tag | BCP 47
a day that does not exist | policy: {predates_before: 2021-02-30} | 2:27 | calendar | YYYY-MM-DD
a day in words | policy: {predates_before: 1 May 2020} | 2:27 | calendar | YYYY-MM-DD
a model that is allowed | policy: {pure: false} | 2:16 | not built | Leave it out
a blocklist | policy: {blocklists: [{path: a, kind: md5, class: safety}]} | 2:22 | not built | Leave
corrections | policy: {corrections: [{path: fixes.csv}]} | 2:23 | not built | Leave it out
another cap | network: {max_bytes: 1} | 2:22 | not built | Leave it out
another deadline | network: {deadline: 1} | 2:21 | not built | Leave it out
another rate | network: {min_rate: 1} | 2:21 | not built | Leave it out
another pace | network: {concurrency: 1} | 2:24 | not built | Leave it out
a private host | network: {allow_private: [files.example.org]} | 2:26 | not built | Leave it out
a validation split | split: {val: 0.1} | 2:14 | not built | Leave it out
"""
# The slip | a line at the end of a source | place | what | fix
IN_SOURCE = """
a common key misspelt | licence: CC0-1.0 | 8:3 | licence | `license`
a connector's key misspelt | labls: [] | 8:3 | labls | `labels`
a key deep in a connector | labels: [{column: x, knd: y}] | 8:24 | labels[0].knd | `kind`
a connector's bad value | labels: [{column: x, kind: human}] | 8:30 | 'human' | human-title
a connector's missing key | labels: [{kind: translated}] | 8:12 | labels[0].column | `column: …`
a connector's own rule | labels: [{column: " "}] | 8:21 | a column has a name | Correct
a number for a group | labels: [3] | 8:12 | a group of keys, not 3 | indented
an unknown license | license: GPL-9 | 8:12 | not a license | SPDX
an unknown license of captions | captions_license: mine | 8:21 | captions_license | SPDX
a license version as number | license_version: 4.0 | 8:20 | text, not 4.0 | in quotes: "4.0"
a license version as word | license_version: four | 8:20 | version | "4.0"
switched off in silence | enabled: false | 3:3 | `sources[0].reason` is missing | reason:
yes is no boolean | enabled: yes | 8:12 | true or false | without quotes
no items | limit: 0 | 8:10 | is 0 | at least 1
an archive without a day | published: {witness: w} | 8:14 | date | date_column
an archive without a witness | published: {date: 2001-01-01} | 8:14 | witness | `witness: …`
two kinds of day | published: {witness: w, date: 2001-01-01, date_column: d} | 8:58 | beside | one
a catalogue kept by nobody | catalogue: {date: created, proof: p} | 8:14 | kept_by | `kept_by: …`
a word given by nobody | not_ai: {by: me, statement: s, proof: p} | 8:16 | 'me' | source-rule
an end before its start | not_ai: {by: creator, statement: s, proof: p, from: 2020-01-02, \
to: 2020-01-01} | 8:71 | before `from` | later
"""
# The slip | words of the recipe | what stands in their stead | place | what | fix
EDITED = """
no name | name: made-up, | | 1:10 | `dataset.name` is missing | `name: …`
a version without quotes | "1" | 2026.10 | 1:35 | not 2026.10 | in quotes: "2026.10"
a name that leaves its folder | made-up | ../up | 1:17 | folder | A-Z
a contact nobody can reach | a@example.org | me | 1:49 | e-mail | https://
an unknown license of the whole | CC0-1.0 | none | 1:73 | `dataset.license` | SPDX
a blank title | name: | title: "", name: | 1:18 | one line | leave the key out
an address without scheme | {name | {publisher: {name: P, url: a.org}, name | 1:37 | web | https://
no connector of that name | shelf | shelv | 4:14 | 'shelv' | `shelf`
no connector at all | connector: shelf | proof: p | 3:3 | `sources[0].connector` | Write
a connector that is a list | shelf | [shelf] | 4:14 | text, not a list | Write text
an id in capitals | id: one | id: One | 3:7 | not an id | a-z
a basis that is none | opt-in | opt-out | 5:10 | 'opt-out' | `opt-in`
neither path nor url | path: one/ | proof: p | 3:3 | `sources[0].path` is missing | `path: …`
an address as path | one/ | file:///etc/passwd | 6:9 | an address | relative
a url | path: one/ | url: http://169.254.169.254/ | 6:8 | not built | Leave it out
a connector without its key | row: 3 | proof: p | 3:3 | `sources[0].row` is missing | `row: …`
"""
WHOLE = [
    ("no sources", HEAD, "1:1", "`sources` is missing", "at least one"),
    ("an empty list of sources", HEAD + "sources: []\n", "2:10", "a list of sources", "- id"),
    ("sources as a group", HEAD + "sources: {id: a}\n", "2:10", "a list of sources", "- id"),
    ("a source that is a word", HEAD + "sources: [one]\n", "2:11", "sources[0]", "- id"),
    ("one id twice", HEAD + SOURCE + SOURCE[9:], "4:8", "the id of sources[0]", "its own id"),
    ("no dataset", SOURCE, "1:1", "`dataset` is missing", "`dataset: …`"),
    ("not a group of keys", "- one\n", "1:1", "not a group", "dataset"),
    ("nothing", "", "1:1", "empty", "dataset"),
    ("comments only", "# later\n", "1:1", "empty", "dataset"),
]


def _rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in row.split(" |")] for row in table.strip().splitlines()]


def _cases() -> list[tuple[str, str, str, str, str]]:
    top = [(name, HEAD + line + "\n" + SOURCE, *rest) for name, line, *rest in _rows(TOP)]
    own = [(name, f"{HEAD}{SHELF}  {line}\n", *rest) for name, line, *rest in _rows(IN_SOURCE)]
    edited = [
        (name, (HEAD + SHELF).replace(old, new, 1), *rest)
        for name, old, new, *rest in _rows(EDITED)
    ]
    return [*top, *own, *edited, *WHOLE]


@pytest.mark.parametrize(
    ("text", "place", "what", "fix"), [pytest.param(*case[1:], id=case[0]) for case in _cases()]
)
def test_one_slip_is_one_fault_in_its_place(text: str, place: str, what: str, fix: str):
    found = faults(text)
    assert [f"{fault.line}:{fault.column}" for fault in found] == [place], [*map(str, found)]
    assert what in found[0].what
    assert fix in found[0].fix


def test_path_and_url_exclude_each_other():
    found = faults(HEAD + ENTRY + "  url: https://example.org/\n")
    assert {(fault.line, fault.column) for fault in found} == {(7, 8)}
    assert any("stands beside `path`" in fault.what for fault in found)


def test_all_faults_come_at_once_from_top_to_bottom():
    text = (
        "dataset: {name: a b, version: 1, contact: a@example.org, license: mine}\n"
        "languages: [en, en]\npolicy: {pure: maybe, ledgr: full}\n<<: {}\nsplit: {val: 0.5}\n"
        "sources:\n- {id: A, connector: nowhere, basis: none}\n- {id: b, id: c, path: a, url: b}\n"
    )
    found = faults(text)
    assert [f"{fault.line}:{fault.column}" for fault in found] == [
        *("1:17", "1:31", "1:67", "2:12", "3:16", "3:23", "4:1", "5:14"),
        *("7:3", "7:8", "7:22", "7:38", "8:3", "8:3", "8:11", "8:32", "8:32"),
    ]
    assert all(fault.file == "sources.yaml" for fault in found)


def test_foreign_text_is_escaped_and_cut_in_messages():
    (fault,) = faults(HEAD + ENTRY.replace("bare", '"\u202e' + "x" * 9000 + '"'))
    assert "\\u202e" in fault.what
    assert len(fault.what) < 120
