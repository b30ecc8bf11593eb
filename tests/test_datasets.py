"""Hugging Face `datasets` reads an edition as it stands: shards, tables, and the folder by name."""

import os

import pyarrow.parquet as pq
import pytest
from world import mixed, run

os.environ["HF_HUB_OFFLINE"] = "1"  # read when the package is imported
datasets = pytest.importorskip(
    "datasets", reason="needs Hugging Face datasets: pip install '.[dev]'"
)

# its readers leave the closing of files to the garbage collector
pytestmark = pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """Some pairs in a few shards, in two languages, in a folder with a dot in its name."""
    root = tmp_path_factory.mktemp("datasets")
    world = mixed(root / "world")
    world.settings = "captions: {per_image: each}\nshards: {samples: 8}\n"
    edition = root / "tiny-2026.1"
    built = run("build", world.write(), "--out", edition, "--workers", 1)
    assert built.exit_code == 0, built.output
    return edition


@pytest.fixture(params=["small", "starter"])
def edition(request):
    """The starter's records differ in what they fill in, which a reader of JSON may stumble on."""
    if request.param == "small":
        return request.getfixturevalue("small")
    return request.getfixturevalue("starter_edition")[0]


@pytest.fixture
def load(tmp_path):
    def loaded(*arguments, **options):
        cache = str(tmp_path / "cache")
        return datasets.load_dataset(*arguments, **options, split="train", cache_dir=cache)

    return loaded


def rows(edition, table):
    return pq.read_table(edition / table / "part-00000.parquet").to_pylist()


def assert_these_are_the_pairs(found, edition):
    pairs = {row["key"]: row for row in rows(edition, "manifest")}
    assert {"jpg", "json", "txt", "__key__"} <= set(found.column_names)
    assert len(found) == len(pairs)
    captions = dict(zip(found["__key__"], found["txt"], strict=True))
    assert captions == {key: row["caption"] for key, row in pairs.items()}
    for sample in found.select([0, len(found) - 1]):
        row = pairs[sample["__key__"]]
        assert sample["jpg"].size == (row["width"], row["height"])
        assert sample["json"]["attribution"] == row["attribution"]
        assert sample["json"]["image_license"] == row["image_license"]


def test_the_shards_are_the_pairs(edition, load):
    found = load("webdataset", data_files=str(edition / "shards" / "*.tar"))
    assert_these_are_the_pairs(found, edition)


def test_the_folder_is_a_dataset_by_its_card(edition, load):
    assert_these_are_the_pairs(load(str(edition)), edition)


@pytest.mark.parametrize("table", ["manifest", "ledger"])
def test_the_tables_load_row_by_row(edition, load, table):
    found = load("parquet", data_files=str(edition / table / "*.parquet"))
    assert found.to_list() == rows(edition, table)
