"""The hash is the one that the reference implementation makes."""

from io import BytesIO

import cv2
import numpy as np
import pdqhash
import pytest
from PIL import Image

from curator.core.container import facts as facts_of
from curator.core.pdq import hexed, pdq
from curator.io.decode import Opened, open_image

DOWN, RIGHT = np.mgrid[:512, :512]


def _clouds(seed, width=512, height=512):
    """A generated picture: colour noise at several scales."""
    random = np.random.default_rng(seed)
    total = np.zeros((height, width, 3))
    for cells in (3, 9, 27):
        noise = random.normal(size=(cells, cells, 3))
        total += cv2.resize(noise, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.clip(128 + 40 * total, 0, 255).astype(np.uint8)


def _two_colours(seed, where):
    return np.random.default_rng(seed).integers(0, 256, (2, 3), np.uint8)[where.astype(int)]


def _mean(*views):
    return np.mean(views, axis=0).astype(np.uint8)


def _rings(seed):
    drawn = np.full((512, 512, 3), 255, np.uint8)
    colour = np.random.default_rng(seed).integers(0, 256, 3).tolist()
    for radius in range(20, 250, 20):
        cv2.circle(drawn, (255, 255), radius, colour, 1 + seed, cv2.LINE_AA)
    return drawn


def _bits(hashed):
    return np.unpackbits(np.frombuffer(hashed, np.uint8))


def _apart(hashed, bits):
    return int((_bits(hashed) != bits).sum())


def _from_reference(rgb):
    """How many bits and how much quality a 512x512 picture is off."""
    bits, quality = pdqhash.compute(np.ascontiguousarray(rgb))
    hashed, own = pdq(rgb)
    return _apart(hashed, bits), abs(own - quality)


@pytest.mark.parametrize("seed", range(20))
def test_generated_pictures_hash_as_the_reference_does(seed):
    assert _from_reference(_clouds(seed)) == (0, 0)


SYMMETRIC = {
    "left is right": lambda n: _mean(_clouds(n), _clouds(n)[:, ::-1]),
    "top is bottom": lambda n: _mean(_clouds(n), _clouds(n)[::-1]),
    "all four quarters alike": lambda n: _mean(
        *(_clouds(n)[::down, ::right] for down in (1, -1) for right in (1, -1))
    ),
    "the same after half a turn": lambda n: _mean(_clouds(n), np.rot90(_clouds(n), 2)),
    "the same after a quarter turn": lambda n: _mean(*(np.rot90(_clouds(n), k) for k in range(4))),
    "mirrored at the diagonal": lambda n: _mean(_clouds(n), _clouds(n).transpose(1, 0, 2)),
    "a checkerboard": lambda n: _two_colours(n, (DOWN // 2 ** (n + 2) + RIGHT // 2 ** (n + 2)) % 2),
    "a checkerboard that does not come out even": lambda n: _two_colours(
        n, (DOWN // (9 + 7 * n) + RIGHT // (9 + 7 * n)) % 2
    ),
    "stripes": lambda n: _two_colours(n, DOWN // (10 + 3 * n) % 2),
    "a disc": lambda n: _two_colours(n, np.hypot(DOWN - 256, RIGHT - 256) < 60 + 30 * n),
    "rings on white": _rings,
    "a ramp": lambda n: np.repeat((RIGHT // (n + 2)).astype(np.uint8)[..., None], 3, axis=2),
    "one colour": lambda n: _two_colours(n, 0 * DOWN),
}


@pytest.mark.parametrize("kind", SYMMETRIC)
def test_where_rounding_decides_it_is_the_references_rounding(kind):
    off = [_from_reference(SYMMETRIC[kind](seed)) for seed in range(6)]
    assert max(bits for bits, _ in off) <= 2
    assert max(quality for _, quality in off) <= 1


def test_starter_images_hash_as_the_reference_does(root):
    files = sorted(path for path in (root / "curator" / "starter").rglob("*") if path.is_file())
    off = []
    for path in files[::2]:
        body = path.read_bytes()
        facts = facts_of(body)
        opened = open_image(body, facts, 1024) if facts.media_type else None
        if isinstance(opened, Opened):
            shrunk = cv2.resize(opened.pixels.rgb, (512, 512), interpolation=cv2.INTER_AREA)
            off.append(_from_reference(shrunk))
    assert len(off) > 250
    assert np.mean([bits <= 2 and quality <= 1 for bits, quality in off]) >= 0.99


@pytest.mark.parametrize("base", [60, 130, 200])
def test_quality_holds_where_all_steps_are_just_one_percent(base):
    # Colours 2.72 of luma apart, in stripes of two points, blur to steps of 2.55: 1 % of 255. The
    # clouds below settle all the bits, so that only the quality is in doubt.
    picture = np.repeat(_clouds(2)[..., :1] // 3 + 80, 3, axis=2)
    stripes = np.array([[base] * 3, [base + 5, base + 5, base - 15]], np.uint8)
    picture[:256] = stripes[RIGHT[:256] // 16 % 2]
    bits, quality = _from_reference(picture)
    assert bits <= 2
    assert quality <= 1


def test_the_published_digits_are_the_references_bits_in_their_order():
    rgb = _clouds(3)
    bits, _ = pdqhash.compute(rgb)
    assert hexed(pdq(rgb)[0]) == np.packbits(bits).tobytes().hex()


def test_a_flat_picture_has_no_quality_and_a_busy_one_all():
    assert pdq(np.full((512, 512, 3), 77, np.uint8))[1] == 0
    assert pdq(_clouds(1))[1] == 100


def test_a_smaller_and_recoded_copy_stays_within_the_radius():
    rgb = _clouds(5, 900, 600)
    out = BytesIO()
    Image.fromarray(rgb).resize((300, 200)).save(out, "JPEG", quality=30)
    first, second = pdq(rgb)[0], pdq(np.asarray(Image.open(out)))[0]
    assert _apart(first, _bits(second)) <= 31
    assert _apart(first, _bits(pdq(rgb[:, ::-1])[0])) > 31, "a mirror image"


@pytest.mark.parametrize("size", [(900, 600), (1024, 1024), (3000, 700), (1, 1)])
def test_a_picture_of_any_size_is_hashed_as_its_square(size):
    rgb = _clouds(7, *size)
    area = cv2.resize(rgb, (512, 512), interpolation=cv2.INTER_AREA)
    assert _apart(pdq(rgb)[0], _bits(pdq(area)[0])) <= 8
