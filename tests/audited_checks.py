"""Runs every check and the policy under an audit hook that forbids files, sockets and processes."""

import sys
from datetime import date

from world import picture

from curator.checks.base import CHECKS
from curator.core import spdx
from curator.core.container import facts
from curator.core.policy import CLASSES, Policy, decide
from curator.model import AiClass, Basis, Candidate, Caption, CaptionKind, Claim
from curator.terms import Terms
from curator.view import Pixels, View

FORBIDDEN = ("open", "socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn")


def _view() -> View:
    import io  # noqa: PLC0415

    import numpy as np  # noqa: PLC0415

    body = io.BytesIO()
    image = picture(1)
    image.save(body, "png")
    rgb = np.asarray(image)
    captions = tuple(
        Caption("Blotches on a sheet", "en", kind, "CC0-1.0", "title") for kind in CaptionKind
    )
    candidate = Candidate("t:1", "x.png", (Claim("image", "CC BY 4.0", "t"),), captions, "Blotches")
    pixels = Pixels(rgb, image.width, image.height, (9.0, 9.0, 9.0))
    terms = Terms("t", Basis.OPEN_LICENSE)
    return View(candidate, terms, facts=facts(body.getvalue()), pixels=pixels)


def main() -> None:
    """Warm up what is loaded once, then look again with the world forbidden."""
    view, checks = _view(), tuple(CHECKS.all().values())
    everything = frozenset(AiClass)
    policy = Policy(Basis.OPEN_LICENSE, frozenset(CLASSES), everything, date(2021, 1, 1))
    spdx.read("CC BY-SA 4.0 OR GPL-2.0-only")
    for armed in (False, True):
        if armed:
            sys.addaudithook(_forbid)
        evidence = tuple(e for check in checks for said in check.look([view]) for e in said)
        decide(evidence, policy)
    assert evidence


def _forbid(event: str, arguments: tuple[object, ...]) -> None:
    if event.startswith(FORBIDDEN):
        raise RuntimeError(f"a check tried {event} {arguments}")


main()
