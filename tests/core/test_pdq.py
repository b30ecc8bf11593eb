"""The hash is the one that the reference implementation makes."""

from io import BytesIO

import cv2
import numpy as np
import pdqhash
import pytest
from PIL import Image

from curator.core.container import facts as facts_of
from curator.core.pdq import grey512, hexed, pdq
from curator.io.decode import Opened, open_image


def _clouds(seed, width=512, height=512):
    """A generated picture: colour noise at several scales."""
    random = np.random.default_rng(seed)
    total = np.zeros((height, width, 3))
    for cells in (3, 9, 27):
        noise = random.normal(size=(cells, cells, 3))
        total += cv2.resize(noise, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.clip(128 + 40 * total, 0, 255).astype(np.uint8)


def _luma(rgb):
    """The reference's input: luma without rounding."""
    return cv2.cvtColor(rgb.astype(np.float32), cv2.COLOR_RGB2GRAY)


def _bits(hashed):
    return np.unpackbits(np.frombuffer(hashed, np.uint8))


def _apart(hashed, bits):
    return int((_bits(hashed) != bits).sum())


@pytest.mark.parametrize("seed", range(20))
def test_generated_pictures_hash_as_the_reference_does(seed):
    rgb = _clouds(seed)
    bits, quality = pdqhash.compute(rgb)
    assert _apart(pdq(_luma(rgb))[0], bits) == 0
    assert pdq(_luma(rgb))[1] == quality
    assert _apart(pdq(grey512(rgb))[0], bits) <= 2


def test_starter_samples_hash_as_the_reference_does(shared):
    folder = shared / "starter-samples"
    files = [p for d in ("gcompris", "lomiri", "openmoji") for p in sorted((folder / d).iterdir())]
    exact, rounded = [], []
    for path in files[::2]:
        body = path.read_bytes()
        facts = facts_of(body)
        opened = open_image(body, facts, 512) if facts.media_type else None
        if isinstance(opened, Opened):
            square = cv2.resize(opened.pixels.rgb, (512, 512), interpolation=cv2.INTER_AREA)
            bits, _ = pdqhash.compute(square)
            exact.append(_apart(pdq(_luma(square))[0], bits))
            rounded.append(_apart(pdq(grey512(square))[0], bits))
    assert len(exact) > 100
    assert np.mean(np.array(exact) <= 2) == 1
    assert np.mean(np.array(rounded) <= 2) >= 0.99


def test_the_published_digits_are_the_references_bits_in_their_order():
    rgb = _clouds(3)
    bits, _ = pdqhash.compute(rgb)
    assert hexed(pdq(_luma(rgb))[0]) == np.packbits(bits).tobytes().hex()


def test_a_flat_picture_has_no_quality_and_a_busy_one_all():
    assert pdq(np.full((512, 512), 77, np.uint8))[1] == 0
    assert pdq(grey512(_clouds(1)))[1] == 100


def test_a_smaller_and_recoded_copy_stays_within_the_radius():
    rgb = _clouds(5, 900, 600)
    out = BytesIO()
    Image.fromarray(rgb).resize((300, 200)).save(out, "JPEG", quality=30)
    copy = np.asarray(Image.open(out))
    first, second = pdq(grey512(rgb))[0], pdq(grey512(copy))[0]
    assert _apart(first, _bits(second)) <= 31
    assert _apart(first, _bits(pdq(grey512(rgb[:, ::-1].copy()))[0])) > 31, "a mirror image"


def test_only_512_by_512_is_hashed():
    with pytest.raises(ValueError, match="512x512"):
        pdq(np.zeros((256, 256), np.uint8))
