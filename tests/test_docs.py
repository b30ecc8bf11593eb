"""README and docs stay true: generated parts, outputs that are shown, recipes, links, commands."""

import importlib.util
import json
import re
import subprocess
import sys
import tomllib

import pytest
import typer
from ruamel.yaml import YAML
from world import picture, run

from curator import cli, schema
from curator.build import connectors
from curator.checks.base import CHECKS
from curator.core import reviews, spdx
from curator.core.reasons import REASONS
from curator.data import tables
from curator.exporters.base import EXPORTERS
from curator.model import LicenseClass
from curator.recipe_file import parse
from curator.sources.base import CONNECTORS

COMMANDS = typer.main.get_command(cli.app).commands
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
# They are shown as they were once: one is compared by its counts, one needs open_clip.
NOT_RUN_AGAIN = ("build", "train-check")
JSON_COMMANDS = {
    "verify": lambda edition: ("verify", edition),
    "find": lambda edition: ("find", edition, "--creator", "stan shebs"),
    "explain": lambda edition: ("explain", edition, "openmoji-17:1F980"),
    "license": lambda _: ("license", "CC BY 4.0"),
    "captions": lambda _: ("captions", "Tower Bridge at night"),
    "licenses": lambda _: ("licenses",),
}


def blocks(text, language):
    return [body for name, body in FENCE.findall(text) if name == language]


@pytest.fixture(scope="module")
def pages(root):
    paths = [*root.glob("*.md"), *root.glob("docs/*.md")]
    return {p.relative_to(root).as_posix(): p.read_text(encoding="utf-8") for p in sorted(paths)}


@pytest.fixture(scope="module")
def readme(pages):
    return pages["README.md"]


@pytest.fixture(scope="module")
def generator(root):
    """docs/generate.py as a module."""
    sys.path.insert(0, str(root / "docs"))
    try:
        spec = importlib.util.spec_from_file_location("generate", root / "docs" / "generate.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(root / "docs"))
    return module


@pytest.fixture(scope="module")
def folder(generator, starter_edition, tmp_path_factory):
    """A folder as the examples see it, with the starter's edition in its place."""
    made = generator.prepared(tmp_path_factory.mktemp("examples"))
    place = made / generator.EDITION
    place.parent.mkdir()
    place.symlink_to(starter_edition[0])
    return made


def test_generated_parts_are_fresh(root):
    command = [sys.executable, "docs/generate.py", "--check"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"run `python docs/generate.py`\n{done.stdout}{done.stderr}"


def test_every_generated_part_is_used(pages, generator):
    used = {
        name for text in pages.values() for name in re.findall("<!-- generated: (.+) -->", text)
    }
    assert used == set(generator.PARTS)


def test_a_stale_part_is_noticed(generator):
    text = "<!-- generated: exit-codes -->\nanything\n<!-- end -->\n"
    assert generator.generated(text) != text
    assert generator.generated(generator.generated(text)) == generator.generated(text)


@pytest.mark.parametrize("name", ["README.md", "docs/people.md", "docs/reference.md"])
def test_outputs_are_what_is_printed(pages, generator, folder, name):
    again = generator.examples(pages[name], folder, NOT_RUN_AGAIN)
    built = json.loads((folder / generator.EDITION / "edition.json").read_bytes())
    day = rf"(rights\.read +yes +){built['snapshot']['date']}"
    again = re.sub(day, r"\g<1>2026-01-01", again)  # the day of docs/generate.py
    assert pages[name].splitlines() == again.splitlines(), (
        "run `python docs/generate.py --examples`"
    )


def test_the_page_on_opt_in_can_be_followed(pages, generator, tmp_path, monkeypatch):
    """From the first key to the edition after a revocation; only ids of chance may differ."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")  # 2026-01-01, as docs/generate.py has it
    page = generator.opt_in.PAGE
    again = generator.opt_in.played(pages[page], tmp_path, generator.ran)
    assert pages[page].splitlines() == again.splitlines(), (
        "run `python docs/generate.py --examples`"
    )


def test_no_key_lies_among_the_consents_of_the_page_on_opt_in(pages):
    lines = re.findall(r"^\$ (.*)$", pages["docs/opt-in.md"], re.MULTILINE)
    assert [line for line in lines if line.startswith("cp ") and ".key" in line] == []
    assert all("--out private/" in line for line in lines if " --out " in line)


def test_the_sample_build_has_the_counts_of_a_real_one(readme, starter_edition):
    (block,) = [b for b in blocks(readme, "console") if b.startswith("$ curator build\n")]
    said = starter_edition[1]
    rows = [line.split() for line in block.splitlines() if line]
    kinds = ("gathered", "published", "held", "rejected", "pending", "pairs")
    for name, counts in {**said["sources"], "total": said["counts"]}.items():
        assert [name, *(str(counts[kind]) for kind in kinds)] in rows
    shown = {row[0]: (int(row[1]), row[2]) for row in rows if row[0] in REASONS}
    assert shown == {code: (n, REASONS[code][0].value) for code, n in said["reasons"].items()}


def test_figures_in_sentences_are_those_of_the_starter(readme, starter_edition):
    counts = starter_edition[1]["counts"]
    assert f"\n{counts['gathered']} records of real works" in readme
    train = [b for b in blocks(readme, "console") if "train-check" in b]
    assert all(f"{counts['pairs']} pairs in the manifest" in block for block in train)
    assert train


def test_the_two_commands_come_first(readme):
    (_, first), *_ = FENCE.findall(readme)
    assert first.splitlines() == [
        "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/curator build",
        "python3 -m venv .venv && .venv/bin/pip install -e '.[dev]' && .venv/bin/pytest",
    ]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_explained(pages, name):
    assert COMMANDS[name].help
    assert f"`curator {name}`" in pages["README.md"]
    for option in COMMANDS[name].params:
        assert option.help, option.name


@pytest.mark.parametrize("name", JSON_COMMANDS)
def test_json_has_the_keys_that_the_reference_names(pages, starter_edition, name):
    text = pages["docs/reference.md"].partition("## JSON")[2].partition("## The edition")[0]
    (row,) = re.findall(rf"^\| `{name}` \| (.*) \|$", text, re.MULTILINE)
    said = json.loads(run(*JSON_COMMANDS[name](starter_edition[0]), "--json").stdout)
    first = said[0] if isinstance(said, list) else said
    inner = [v[0] for v in first.values() if isinstance(v, list) and v]
    named = set(re.findall(r'"(\w+)"', row))
    assert named >= set(first)
    assert named <= set(first).union(*inner, {"file", "item", "what"})


def test_all_that_can_be_named_is_in_the_reference(pages):
    text = pages["docs/reference.md"]
    names = [column.name for table in schema.PUBLIC for column in table.columns]
    names += [*REASONS, *CONNECTORS.all(), *EXPORTERS.all(), *{row.cls for row in spdx.table()}]
    names += [f"{check.id}@{check.version}" for check in CHECKS.all().values()]
    assert [name for name in names if f"`{name}`" not in text] == []


def test_every_key_of_the_starter_recipe_is_in_the_reference(root, pages):
    """Beside the tables being generated: none of its keys is missing there."""
    recipe = YAML(typ="safe").load(root / "sources.yaml")
    rows = re.findall(r"^\| `([^`]+)` \|", pages["docs/recipe.md"], re.MULTILINE)
    words = {word for row in rows for word in re.findall(r"[a-z_]+", row)}
    groups = {f"### `{key}`" for key in recipe if key not in {"sources", "languages"}}
    assert [group for group in groups if group not in pages["docs/recipe.md"]] == []
    assert set(keys_of(list(recipe.values()))) - words == set()


def keys_of(value):
    if isinstance(value, dict):
        yield from value
    for inner in value.values() if isinstance(value, dict) else value:
        if isinstance(inner, dict | list):
            yield from keys_of(inner)


def test_links_lead_somewhere(root, pages):
    for name, text in pages.items():
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text):
            if not target.startswith("https://"):
                assert ((root / name).parent / target).exists(), f"{name}: {target}"


def test_files_that_are_named_exist(root, pages):
    for name, text in pages.items():
        for path in re.findall(r"`((?:curator|tests|docs|licenses|\.ci)/[\w./-]+)`", text):
            made_up = re.search(r"(^|/)x\.|captioned_list", path)
            assert made_up or (root / path).exists(), f"{name}: {path}"


def whole_recipes(pages):
    for name in ("README.md", "docs/opt-in.md", "docs/recipe.md"):
        yield from (body for body in blocks(pages[name], "yaml") if body.startswith("dataset:"))


def test_whole_recipes_are_recipes(pages):
    found = list(whole_recipes(pages))
    assert len(found) >= 3
    for body in found:
        recipe = parse(body, "page", connectors(), lambda raw: spdx.read(raw).spdx is not None)
        assert recipe.sources


def test_the_recipe_for_a_folder_builds(readme, tmp_path):
    (recipe,) = [b for b in blocks(readme, "yaml") if "connector: folder" in b]
    (sidecar,) = blocks(readme, "json")
    (tmp_path / "sources.yaml").write_text(recipe, encoding="utf-8")
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "rose.json").write_text(sidecar, encoding="utf-8")
    picture(1).save(tmp_path / "photos" / "rose.jpg")
    done = run("build", tmp_path / "sources.yaml", "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["counts"]["published"] == 1


def test_the_recipe_for_a_table_builds(readme, tmp_path):
    (recipe,) = [b for b in blocks(readme, "yaml") if "connector: table" in b]
    (tmp_path / "sources.yaml").write_text(recipe, encoding="utf-8")
    (tmp_path / "list").mkdir()
    picture(2).save(tmp_path / "list" / "a.png")
    head = "number,file,title,author,rights,page,description,title_ja\n"
    row = "1,a.png,Blotches,Nobody,CC BY 4.0,https://example.org/1,Blotches in colour,模様\n"
    (tmp_path / "list" / "items.csv").write_text(head + row, encoding="utf-8")
    done = run("build", tmp_path / "sources.yaml", "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["counts"]["published"] == 1


@pytest.mark.parametrize("name", ["docs/people.md", "docs/recipe.md"])
def test_the_answer_that_is_shown_is_one(pages, name):
    (line,) = blocks(pages[name], "json")
    (review,) = reviews.parse(line.encode(), name)
    assert review.answer == "lift"


def test_the_license_row_that_is_shown_has_the_keys_of_the_tables(pages):
    (shown,) = blocks(pages["CONTRIBUTING.md"], "toml")
    (row,) = tomllib.loads(shown)["license"]
    known = {key for _, table in tables() for other in table.get("license", ()) for key in other}
    assert row.keys() <= known
    assert row["class"] in set(LicenseClass)


PROOF = """
from curator.checks.base import CHECKS
from curator.exporters.base import EXPORTERS
from curator.sources.base import CONNECTORS
print(*CHECKS.all(), *EXPORTERS.all(), *CONNECTORS.all())
"""


def test_plugins_that_are_shown_can_be_added(pages):
    code = [body for text in pages.values() for body in blocks(text, "python")]
    found = set()
    for body in code:
        done = subprocess.run(
            [sys.executable, "-c", body + PROOF], check=True, capture_output=True, text=True
        )
        found |= set(done.stdout.split())
    assert found >= {"image.grey", "creators", "captioned-list"}


def test_pages_name_no_other_machine(pages):
    for name, text in pages.items():
        assert not re.search(r"(?<![\w.])/(?:work|tmp|home|root|Users)/", text), name
