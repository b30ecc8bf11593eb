"""A drawing is drawn from what it holds, at 512 px, or refused with the reason."""

import base64
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from curator.io.decode import Opened, normalise, open_image
from curator.io.raster import UnreadableError
from curator.io.svg import draw
from curator.view import FileFacts

SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
RED = '<rect width="100%" height="100%" fill="#f00"/>'


def _svg(head, inside=RED):
    return f"<svg {SVG} {head}>{inside}</svg>".encode()


def _bitmap(width=1, height=1, colour="lime", mode="RGB"):
    out = BytesIO()
    Image.new(mode, (width, height), colour).save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


def _drawn(body):
    with Image.open(BytesIO(draw(body))) as image:
        return image.convert("RGBA")


SIZES = {
    "mm and no viewBox": ('width="210mm" height="297mm"', (362, 512)),
    "points and no viewBox": ('width="600pt" height="300.5pt"', (512, 256)),
    "numbers and no viewBox": ('width="20" height="10"', (512, 256)),
    "a viewBox and no size": ('viewBox="0 0 72 72"', (512, 512)),
    "percentages and a viewBox": ('width="100%" height="100%" viewBox="0 0 10 20"', (256, 512)),
    "a size that is not the viewBox's": ('width="2in" height="1in" viewBox="0 0 9 9"', (512, 256)),
}


@pytest.mark.parametrize(("head", "size"), SIZES.values(), ids=SIZES)
def test_the_longest_side_is_512_px(head, size):
    image = _drawn(_svg(head))
    assert image.size == size
    assert image.getpixel((image.width // 2, image.height // 2)) == (255, 0, 0, 255)


def test_a_thread_is_one_pixel_thick():
    assert _drawn(_svg('width="9000" height="1"')).size == (512, 1)


def test_a_drawing_that_forgot_its_namespace_is_drawn():
    image = _drawn(f'<svg width="9" height="9">{RED}</svg>'.encode())
    assert image.getpixel((256, 256)) == (255, 0, 0, 255)


def test_what_lies_at_the_edge_of_an_unboxed_drawing_is_seen():
    body = _svg('width="40mm" height="20mm"', '<rect x="75.6" width="75.6" height="75.6"/>')
    alpha = np.asarray(_drawn(body))[..., 3]
    assert alpha[:, :250].max() == 0
    assert alpha[:, 262:].min() == 255


@pytest.mark.parametrize(
    "head",
    ["", 'width="5"', 'width="100%" height="100%"', 'viewBox="0 0 0 9"', 'width="0" height="0"'],
)
def test_a_drawing_without_a_size_is_refused(head):
    with pytest.raises(UnreadableError, match="neither its size nor a viewBox"):
        draw(_svg(head))


OUTSIDE = (
    '<image width="9" height="9" href="{}"/>',
    '<image width="9" height="9" xlink:href=" {}"/>',
    '<use href="{}#a"/>',
    '<filter id="f"><feImage href="{}"/></filter>',
    '<link xmlns="http://www.w3.org/1999/xhtml" href="{}"/>',
    '<script src="{}"/>',
)


@pytest.mark.parametrize("form", OUTSIDE)
@pytest.mark.parametrize("target", ["http://192.0.2.1/x.png", "file:///etc/hostname", "x.png"])
def test_nothing_outside_the_file_is_referred_to(form, target):
    with pytest.raises(UnreadableError, match="refers outside itself"):
        draw(_svg('width="9" height="9"', form.format(target)))


def test_a_file_that_exists_is_not_read_either(tmp_path):
    path = tmp_path / "secret.png"
    Image.new("RGB", (1, 1), "blue").save(path)
    image = f'<image width="9" height="9" href="{path}"/>'
    nested = base64.b64encode(_svg('width="9" height="9"', image)).decode()
    for link in (str(path), path.as_uri(), f"data:image/svg+xml;base64,{nested}"):
        with pytest.raises(UnreadableError):
            draw(_svg('width="9" height="9"', image.replace(str(path), link)))


def test_a_bitmap_inside_is_drawn_and_a_hyperlink_draws_nothing():
    image = f'<image width="9" height="9" href="{_bitmap()}"/>'
    body = _svg('width="9" height="9"', f'<a href="https://example.org/">{image}</a>')
    assert _drawn(body).getpixel((256, 256)) == (0, 255, 0, 255)


def test_bitmaps_inside_are_measured_by_their_header():
    image = f'<image width="9" height="9" href="{_bitmap(4000, 2500, 0, "L")}"/>'
    draw(_svg('width="9" height="9"', image))
    with pytest.raises(UnreadableError, match="20000000 px"):
        draw(_svg('width="9" height="9"', image * 2))


BROKEN = {
    "not XML": b"<svg",
    "another root": b'<html xmlns="http://www.w3.org/1999/xhtml"><svg/></html>',
    "an external entity": b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    + _svg('width="9" height="9"', "<text>&x;</text>"),
    "a bitmap that is none": _svg('width="9" height="9"', '<image href="data:image/png,x"/>'),
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
def test_a_broken_drawing_is_refused(body):
    with pytest.raises(UnreadableError) as refused:
        draw(body)
    assert refused.value.reason == "image.broken"


def test_a_drawing_becomes_a_jpeg_on_white_and_says_so():
    body = _svg('width="20" height="10"', '<rect width="10" height="10" fill="#f00"/>')
    facts = FileFacts("image/svg+xml")
    opened = open_image(body, facts, 256)
    assert isinstance(opened, Opened)
    assert (opened.pixels.width, opened.pixels.height) == (512, 256)
    assert opened.pixels.rgb[128, 100].tolist() == [255, 0, 0]
    assert opened.pixels.rgb[128, 400].tolist() == [255, 255, 255]
    stored = normalise(body, facts, opened, 256)
    assert stored.changes == (
        "drawn from SVG at 512 px",
        "transparency laid on white",
        "resized from 512x256 to 256x128",
    )
    with Image.open(BytesIO(stored.body)) as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (256, 128))
