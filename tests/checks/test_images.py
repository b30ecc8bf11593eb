"""Size, shape and flatness are measured, and equal answers are one object."""

import numpy as np
import pytest

from curator.checks.base import CHECKS
from curator.model import Answer, Basis, Candidate, Ground, ItemId, Needs
from curator.terms import Limits, Terms
from curator.view import Pixels, View

EMPTY = np.zeros((1, 1, 3), np.uint8)


def _view(pixels, limits=None):
    candidate = Candidate(ItemId("s:1"), "1.png")
    return View(candidate, Terms("s", Basis.OPEN_LICENSE), limits or Limits(), pixels=pixels)


def _sized(width, height, std=(9.0, 9.0, 9.0)):
    return Pixels(EMPTY, width, height, std)


def _answers(check, *views):
    looked = CHECKS.all()[check].look(views)
    assert len(looked) == len(views)
    return [{e.question: e for e in found} for found in looked]


SIZES = {
    "both sides at the bound": (64, 192, "no", "no"),
    "one pixel too small": (63, 64, "yes", "no"),
    "one pixel too long": (64, 193, "no", "yes"),
    "one pixel too high": (193, 64, "no", "yes"),
    "a thread": (1, 900, "yes", "yes"),
    "no height": (9, 0, "yes", "yes"),
}


@pytest.mark.parametrize(("width", "height", "small", "aspect"), SIZES.values(), ids=SIZES)
def test_sides_against_the_recipe(width, height, small, aspect):
    (found,) = _answers("image.size", _view(_sized(width, height)))
    assert {q: e.answer.value for q, e in found.items()} == {
        "image.small": small,
        "image.aspect": aspect,
    }
    for evidence in found.values():
        assert (evidence.about, evidence.basis) == ("image", Ground.MEASURED)
        figures = (f"{width}x{height}", "64" if evidence.question == "image.small" else "3.0")
        said = evidence.answer == Answer.YES
        assert all((figure in evidence.quote) == said for figure in figures)


def test_the_recipe_sets_the_bounds():
    limits = Limits(min_side=500, max_aspect=1.5)
    (found,) = _answers("image.size", _view(_sized(400, 610), limits))
    assert {e.answer for e in found.values()} == {Answer.YES}
    assert "500" in found["image.small"].quote
    assert "1.5" in found["image.aspect"].quote


FLAT = {
    "no variation": ((0.0, 0.0, 0.0), "yes"),
    "coding noise": ((0.99, 0.5, 0.99), "yes"),
    "one channel at the bound": ((0.0, 1.0, 0.0), "no"),
    "a picture": ((40.0, 50.0, 60.0), "no"),
}


@pytest.mark.parametrize(("std", "flat"), FLAT.values(), ids=FLAT)
def test_a_picture_varies_in_some_channel(std, flat):
    (found,) = _answers("image.flat", _view(_sized(99, 99, std)))
    evidence = found["image.flat"]
    assert evidence.answer.value == flat
    assert (f"{std[0]:.2f}" in evidence.quote) == (flat == "yes")


@pytest.mark.parametrize("check", ["image.size", "image.flat"])
def test_all_pictures_that_pass_share_one_piece_of_evidence(check):
    first, second = _answers(
        check, _view(_sized(99, 99)), _view(_sized(120, 80, (20.0, 30.0, 40.0)))
    )
    assert first == second
    assert {e.answer for e in first.values()} == {Answer.NO}


@pytest.mark.parametrize("check", ["image.size", "image.flat"])
def test_without_pixels_nothing_passes_as_clean(check):
    assert CHECKS.all()[check].needs == Needs.PIXELS
    (found,) = _answers(check, _view(None))
    assert {e.answer for e in found.values()} == {Answer.UNKNOWN}
