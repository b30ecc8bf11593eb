"""A small made-up edition with licenses of every shape, for exporters that tell of them."""

from pathlib import Path

from world import World, run

PORT = "LicenseRef-CC-BY-SA-2.0-DE"  # a port without an id of its own
CHOICE = "GFDL-1.2-or-later OR CC-BY-SA-3.0"
LICENSES = {
    "plain": ("CC BY 4.0", "CC-BY-4.0"),
    "given-away": ("CC0-1.0", "CC0-1.0"),
    "ported": ("https://creativecommons.org/licenses/by-sa/2.0/de/", PORT),
    "chosen": (CHOICE, CHOICE),
}  # item → as its source states it, as it is read
CAPTIONS = "CC0-1.0"  # the world says so of its captions


def edition(root: Path) -> Path:
    """Build an edition of one pair per license below `root`."""
    root.mkdir(parents=True, exist_ok=True)
    world = World(root)
    for name, (stated, _) in LICENSES.items():
        world.add(name, license=stated)
    result = run("build", world.write(), "--workers", 1)
    assert result.exit_code == 0, result.output
    return root / "editions" / "tiny-1"
