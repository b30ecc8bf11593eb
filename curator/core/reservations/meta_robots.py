"""The words noai, noimageai and noml in a page's `<meta name="robots">` (DeviantArt, 2022)."""

from curator.core.reservations.html_meta import metas
from curator.core.reservations.signal import PAGE, Finding, Stance, too_long
from curator.core.reservations.x_robots import spoken

STANDARD = "meta-robots"


def read(body: bytes | str) -> tuple[Finding, ...]:
    """What a page says of itself and of the images on it, to robots or to one of them by name."""
    found, cut = metas(body)
    held = [
        Finding(STANDARD, PAGE, f"{name}: {', '.join(words)}"[:200], Stance.RESERVED)
        for name, content in found
        if name == "robots" or name.endswith("bot")
        if (words := spoken(content))
    ]
    if cut:
        held.append(too_long(STANDARD, PAGE))
    return tuple(dict.fromkeys(held))
