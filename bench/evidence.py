"""Prints what looking for evidence of AI costs per image: `python bench/evidence.py FOLDER`.

FOLDER holds image files, such as a folder of labelled cases. Costs are CPU time of this process,
the fastest of several rounds, since other work only slows them: first the walk over each
container, then the checks that ask about AI, in batches as `inspect` has them. Decoding is left
out. What was parsed before is forgotten, as in a build whose files all differ.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from curator.checks.base import looking
from curator.core import exif, jumbf, xmp
from curator.core.container import facts
from curator.io.decode import Opened, open_image
from curator.model import Basis, Candidate, ItemId, Needs
from curator.terms import Terms
from curator.view import View

ROUNDS = 9
BATCH = 15  # views; what `inspect` makes of 16 MP at the default size
BARE_BAR = 0.05  # ms per image without a metadata segment
BAR = 2.0  # ms per image without a C2PA store
_CACHES = (exif._remembered, xmp._remembered, jumbf._remembered)  # noqa: SLF001  (only cleared)


@dataclass(frozen=True, slots=True)
class File:
    """An image file and what a check may see of it."""

    body: bytes
    view: View

    @property
    def bare(self) -> bool:
        """Whether nothing lies beside the picture."""
        held = self.view.facts
        assert held  # noqa: S101  (set by opened)
        return not (held.xmp or held.exif or held.iptc or held.texts or held.jumbf or held.faults)

    @property
    def store(self) -> bool:
        """Whether there is a C2PA store."""
        return bool(self.view.facts and self.view.facts.c2pa)


def opened(path: Path) -> File:
    """A file with everything that checks see."""
    body = path.read_bytes()
    view = View(Candidate(ItemId("bench:1"), path.name), Terms("bench", Basis.OPEN_LICENSE))
    view = replace(view, facts=facts(body))
    assert view.facts  # noqa: S101
    image = open_image(body, view.facts, 1024)
    return File(body, replace(view, pixels=image.pixels) if isinstance(image, Opened) else view)


def walk(files: Sequence[File]) -> None:
    """Look through every container."""
    for file in files:
        facts(file.body)


def ask(files: Sequence[File], needs: Needs) -> None:
    """Let the checks about AI look at every view."""
    checks = [check for check in looking(needs) if check.id.startswith("ai.")]
    for start in range(0, len(files), BATCH):
        views = [file.view for file in files[start : start + BATCH]]
        for check in checks:
            check.look(views)


def costs(files: Sequence[File]) -> tuple[float, float, float]:
    """Costs in ms per image: the walk, the checks on bytes, those on pixels."""
    rounds = []
    for _ in range(ROUNDS):
        for cache in _CACHES:
            cache.cache_clear()
        marks = [time.process_time_ns()]
        walk(files)
        for cache in _CACHES:
            cache.cache_clear()
        marks.append(time.process_time_ns())
        ask(files, Needs.BYTES)
        marks.append(time.process_time_ns())
        ask(files, Needs.PIXELS)
        marks.append(time.process_time_ns())
        rounds.append([later - earlier for earlier, later in pairwise(marks)])
    first, second, third = (min(part) for part in zip(*rounds, strict=True))
    scale = 1e6 * len(files)
    return first / scale, second / scale, third / scale


def line(words: str, files: Sequence[File], bar: float | None = None) -> bool:
    """Print a group's costs with its bar; whether that holds."""
    if not files:
        print(f"{words}: no such file")
        return True
    walked, checked, hidden = costs(files)
    whole = walked + checked
    kept = bar is None or whole <= bar
    limit = "" if bar is None else f" (bar {bar} ms: {'kept' if kept else 'NOT KEPT'})"
    print(f"{words}: {len(files)} files, {whole:.3f} ms{limit}")
    print(f"  walk {walked:.3f}, checks {checked:.3f}; beside these, lowest bits {hidden:.3f}")
    return kept


def main() -> int:
    """Print three averages; exit 1 where a bar is not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    paths = sorted(p for p in parser.parse_args().folder.rglob("*") if p.is_file())
    files = [opened(path) for path in paths if path.suffix.lower() not in {".csv", ".md"}]
    kept = line("without metadata", [f for f in files if f.bare], BARE_BAR)
    kept &= line("without a C2PA store", [f for f in files if not f.store], BAR)
    line("with a C2PA store", [f for f in files if f.store])
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
