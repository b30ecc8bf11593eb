"""A small fictitious world to build from: drawn images, made-up records, a recipe."""

import csv
import io
import sys
from collections.abc import Iterable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image

from curator.cli import main

HEAD = """\
dataset:
  name: tiny
  version: "1"
  title: A tiny set
  description: Drawn by a program for a test.
  publisher: {name: Nobody, url: "https://example.org/"}
  contact: https://example.org/removals
  license: CC0-1.0
"""
SOURCE = """\
  - id: tiny
    connector: table
    basis: open-license
    path: items.csv
    captions_license: CC0-1.0
    published: {date: 2020-01-01, witness: "a test", covers: all}
    columns:
      id: id
      image: image
      title: title
      creator: creator
      license: license
      landing_url: page
      captions:
        - {column: title, lang: en, kind: human-title}
        - {column: ja, lang: ja, kind: human-title}
"""
NAMES = ("id", "image", "title", "ja", "creator", "license", "page")


def picture(seed: int, size: tuple[int, int] = (96, 80)) -> Image.Image:
    """A picture of coloured blotches, unlike that of any other seed."""
    random = np.random.default_rng(seed)
    small = random.integers(0, 256, (8, 8, 3), dtype=np.uint8)
    return Image.fromarray(small).resize(size, Image.Resampling.BICUBIC)


@dataclass
class World:
    """A folder with images, a table of records and a recipe."""

    root: Path
    rows: list[dict[str, str]] = field(default_factory=list)
    settings: str = ""

    def add(self, name: str, **fields: str) -> "World":
        """One record with a picture of its own, unless `image` names another's."""
        number = len(self.rows)
        row = {
            "id": name,
            "image": f"{name}.png",
            "title": f"Blotches number {number}",
            "ja": "",
            "creator": "Nobody at all",
            "license": "CC-BY-4.0",
            "page": f"https://example.org/{name}",
        } | fields
        self.rows.append(row)
        path = self.root / row["image"]
        if "image" not in fields:
            picture(number).save(path)
        return self

    def write(self, rows: Sequence[dict[str, str]] | None = None) -> Path:
        """Write the table and the recipe; gives the recipe's path."""
        with (self.root / "items.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, NAMES)
            writer.writeheader()
            writer.writerows(self.rows if rows is None else rows)
        recipe = self.root / "sources.yaml"
        recipe.write_text(f"{HEAD}{self.settings}sources:\n{SOURCE}", encoding="utf-8")
        return recipe


def mixed(root: Path, extra: int = 0) -> World:
    """Something for every verdict: published pairs, and items that fall for many reasons."""
    root.mkdir(parents=True, exist_ok=True)
    world = World(root)
    for number in range(8 + extra):
        world.add(f"good-{number:03d}", ja=f"模様その{number}")
    world.add("shared-alike", license="CC BY-SA 3.0")
    world.add("unlicensed", license="")
    world.add("refused", license="GPL-2.0-only")
    world.add("noncommercial", license="https://creativecommons.org/licenses/by-nc/4.0/")
    world.add("bare", license="public domain")
    world.add("untitled", title="")
    world.add("twin", image="good-000.png")
    world.add("contradicts", image="good-001.png", license="CC0-1.0")
    world.add("gone", image="nowhere.png")
    picture(99, (20, 20)).save(root / "small.png")
    world.add("small", image="small.png")
    Image.new("RGB", (100, 100), "teal").save(root / "flat.png")
    world.add("flat", image="flat.png")
    (root / "broken.png").write_bytes((root / "good-002.png").read_bytes()[:-40])
    world.add("broken", image="broken.png")
    return world


def tree(root: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


@dataclass(frozen=True)
class Result:
    """What a command left behind."""

    exit_code: int
    stdout: str
    stderr: str

    @property
    def output(self) -> str:
        """Everything that it printed."""
        return self.stdout + self.stderr


def run(*arguments: object) -> Result:
    """The command as a user calls it, in this process."""
    out, err, kept = io.StringIO(), io.StringIO(), sys.argv
    sys.argv = ["curator", *(str(argument) for argument in arguments)]
    try:
        with redirect_stdout(out), redirect_stderr(err):
            main()
    except SystemExit as end:
        return Result(int(end.code or 0), out.getvalue(), err.getvalue())
    finally:
        sys.argv = kept
    raise AssertionError("main always exits")


def shuffled(rows: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """The same rows in another order, the same on every run."""
    return sorted(rows, key=lambda row: row["id"][::-1])
