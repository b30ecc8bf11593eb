"""folder reads every consent before the first image, and gives each image those that name it."""

import hashlib

import pytest
from made_up_consents import TERMS, draft, ended, signed

from curator import data
from curator.errors import RecipeError
from curator.model import Basis, Candidate
from curator.query import Query, Reply
from curator.sources import folder_consents
from curator.sources.folder import Folder, FolderOptions
from curator.steps.gather import crawl
from curator.terms import Terms

TEXT = data.blob(f"texts/{TERMS}.txt")
SOURCE = Folder(Terms("set", Basis.OPT_IN), FolderOptions(consents="consents"))
KITE, BOAT = b"drawn kite", b"drawn boat"
ADA = signed(draft(TEXT, works=[{"sha256": hashlib.sha256(KITE).hexdigest()}]))
OTHER = signed(draft(TEXT, id="consent-0002"))
FILES = {
    "boat.json": b'{"title": "Boat", "creator": "Bo"}',
    "boat.png": BOAT,
    "consents/.hidden": b"",
    "consents/a.json": ADA,
    "consents/b.json": OTHER,
    "consents/c.json": ended(ADA),
    "consents/d.json": ended(OTHER),
    "kite.json": b'{"title": "Kite"}',
    "kite.png": KITE,
}


def answer(files: dict[str, bytes], query: Query) -> Reply:
    """Two folders in memory: the source's, and that of consents, which lies elsewhere."""
    (ref,) = query.refs
    before = f"{ref.root}/" if ref.root else ""
    if ref.form == "listing":
        here = sorted(path for path in files if path.startswith("consents/") == bool(before))
        rows = [{"path": path.removeprefix(before)} for path in here]
        return Reply(query, ref.at, rows=rows)
    return Reply(query, ref.at, body=files[before + ref.at])


def gathered(files: dict[str, bytes], source: Folder = SOURCE) -> dict[str, Candidate]:
    """Every candidate of the folder by its image."""
    return {found.image: found for found in crawl(source, lambda query: answer(files, query))}


def test_an_image_takes_along_the_records_that_name_it_and_no_others():
    found = gathered(FILES)
    assert found["kite.png"].notes == (
        ("consent", ADA.decode()),
        ("revocation", FILES["consents/c.json"].decode()),
    )
    assert found["boat.png"].notes == ()


def test_the_credit_of_the_consent_fills_in_where_the_sidecar_is_silent():
    found = gathered(FILES)
    assert (found["kite.png"].creator, found["boat.png"].creator) == ("Ada Example", "Bo")


def test_without_the_option_nothing_is_read_for_it():
    found = gathered(FILES, Folder(Terms("set", Basis.OPT_IN), FolderOptions()))
    assert found["kite.png"].notes == ()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        pytest.param({"consents/a.json": ADA[:-1]}, "neither a consent", id="a damaged record"),
        pytest.param({"consents/a.json": b""}, "neither a consent", id="one that cannot be read"),
        pytest.param({"consents/note.txt": ended(ADA)}, "not end in .json", id="another file"),
    ],
)
def test_what_might_be_a_revocation_is_not_passed_over(changed: dict[str, bytes], words: str):
    with pytest.raises(RecipeError, match=words):
        gathered(FILES | changed)


def test_a_folder_without_consents_is_a_mistake():
    with pytest.raises(RecipeError, match="no consents"):
        gathered({"kite.png": KITE})


def test_too_many_records_are_refused():
    paths = [f"consents/{number}.json" for number in range(folder_consents.MAX_RECORDS + 1)]
    with pytest.raises(RecipeError, match="more than"):
        folder_consents.start(paths, "consents")
