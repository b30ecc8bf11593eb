"""Plays docs/opt-in.md: its files, then every `$` line of its console blocks, in order."""  # noqa: INP001 - a script beside its pages, no package

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw

PAGE = "docs/opt-in.md"
DRAWN = {"mina/harbour.png": 3, "mina/kite.png": 1, "odo/lantern.png": 7}
BLOCK = re.compile(r"(```(console|yaml|json)\n)(.*?)(```)", re.DOTALL)
BY_CHANCE = re.compile(r"\b[0-9a-f]{16}\b")  # ids of records, digests of signatures

Run = Callable[[str, Path], str]


def drawn(seed: int) -> Image.Image:
    """Discs and bars, unlike those of any other seed."""
    image = Image.new("RGB", (480, 360), (230, 240, 250))
    draw = ImageDraw.Draw(image)
    for i in range(40):
        x, y, side = (i * 97 + 31) * seed % 460, (i * 53 + 17) * seed % 340, 8 + i * seed * 13 % 60
        colour = (i * 37 * seed % 256, (i * 91 + seed * 40) % 256, (i * 151 + seed * 9) % 256)
        shape = draw.ellipse if (i + seed) % 2 else draw.rectangle
        shape((x, y, x + side, y + side // 2 + 8), fill=colour)
    return image


def prepared(text: str, folder: Path) -> None:
    """The page's recipe, drawings, and its sidecar beside where each drawing will lie."""
    blocks = {language: body for _, language, body, _ in BLOCK.findall(text)}
    (folder / "sources.yaml").write_text(blocks["yaml"], encoding="utf-8")
    (folder / "works").mkdir()
    for name, seed in DRAWN.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        drawn(seed).save(path)
        words = blocks["json"].replace("kite", path.stem)
        (folder / "works" / path.with_suffix(".json").name).write_text(words, encoding="utf-8")


def played(text: str, folder: Path, run: Run) -> str:
    """The page with what its lines print in `folder`; `run` runs those of curator.

    A block in which only ids of chance differ stays as it is.
    """
    prepared(text, folder)

    def again(block: re.Match[str]) -> str:
        if block[2] != "console":
            return block[0]
        lines = [line for line in block[3].splitlines() if line.startswith("$ ")]
        body = "".join(f"{line}\n{_said(line.removeprefix('$ '), folder, run)}" for line in lines)
        same = BY_CHANCE.sub("", body) == BY_CHANCE.sub("", block[3])
        return block[0] if same else f"{block[1]}{body}{block[4]}"

    return BLOCK.sub(again, text)


def _said(line: str, folder: Path, run: Run) -> str:
    if line.startswith("curator "):
        return run(line, folder)
    subprocess.run(line, shell=True, cwd=folder, check=True)  # noqa: S602  (the page's own words)
    return ""
