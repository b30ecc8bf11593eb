"""Turns the bytes of one bitmap into 8-bit RGB on white, whatever way it stores its pixels.

Limits are checked on the header. Colour profiles are not applied, since training loaders do not
either; CMYK and Lab, which have no pixels to show without one, are converted by theirs.
"""

import math
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

import cv2
import numpy as np
import simplejpeg
from numpy.typing import NDArray
from PIL import AvifImagePlugin, Image, ImageCms, TiffImagePlugin, UnidentifiedImageError

from curator.core.pdq import SIDE as HASH_SIDE
from curator.io.jpeg import profiled

MAX_PIXELS = 64_000_000  # px; a larger header is refused before anything is decoded
MAX_SIDE = 20_000  # px
STORED_PIXELS = 2**18  # px kept as stored; as bits of alpha 32 KiB, ten times what NovelAI hides
_LIMITS = f"{MAX_PIXELS:,} px in all and {MAX_SIDE:,} px a side"
_TURNS = range(2, 9)  # EXIF's orientations that are not upright
_NAMES = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WebP",
    "image/tiff": "TIFF",
    "image/avif": "AVIF",
}
_DEPTH_AT = 24  # where IHDR tells the bits per sample of a PNG
_TIFF_BITS, _TIFF_TURN = 258, 274  # tags
_AVIF_TURN = 0x0112  # EXIF's orientation, where Pillow reports what the container says

Image.MAX_IMAGE_PIXELS = MAX_PIXELS
AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # a worker has one core


class UnreadableError(Exception):
    """The image cannot be shown; `reason` is a reason code, `detail` says it to a person."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason, self.detail = reason, detail


@dataclass(frozen=True, slots=True, eq=False)
class Raster:
    """Pixels as stored, not yet turned upright."""

    rgb: NDArray[np.uint8]  # height x width x 3, perhaps smaller than the original
    width: int  # px, of the original
    height: int  # px
    turn: int  # 1..8 as in EXIF: what is still to do
    changes: tuple[str, ...] = ()  # what becomes of the file if these pixels are published
    transparent: bool = False  # something was seen through
    plain: bool = False  # 8-bit RGB or grey JPEG: what every loader reads alike
    stored: NDArray[np.uint8] | None = None  # the first columns as the file holds them


def enough(width: int, height: int, max_side: int, *, plain: bool) -> float:
    """By how much an image may be shrunk on load: to the hash's size and the published one.

    A plain image within max_side is published as it is, so only checks and hash need its pixels.
    """
    published = 0.0 if plain and max(width, height) <= max_side else max_side / max(width, height)
    return min(1.0, max(published, HASH_SIDE / min(width, height)))


def read_jpeg(body: bytes, turn: int, max_side: int) -> Raster:
    """A JPEG, shrunk by its own transform where it is far larger than needed.

    Grey counts as plain: every loader makes three equal channels of it.
    """
    try:
        height, width, space, _ = simplejpeg.decode_jpeg_header(body)
    except ValueError:
        return read(body, "image/jpeg", turn)  # unusual subsampling, or no JPEG at all
    _within(width, height)
    if space not in ("YCbCr", "RGB", "Gray"):
        return read(body, "image/jpeg", turn)
    share = enough(width, height, max_side, plain=turn == 1)
    try:
        rgb = simplejpeg.decode_jpeg(
            body,
            "RGB",
            min_height=math.ceil(height * share),
            min_width=math.ceil(width * share),
        )
    except ValueError as error:
        raise UnreadableError("image.broken", f"the JPEG is damaged ({error})") from error
    changes = ("colour profile left out",) if profiled(body) else ()
    return Raster(rgb, width, height, turn, changes, plain=True)


def read(body: bytes, media_type: str, turn: int) -> Raster:
    """Any bitmap that curator reads, by Pillow; `turn` is what its EXIF says."""
    name = _NAMES[media_type]
    try:
        with quiet(), Image.open(BytesIO(body), formats=(name.upper(),)) as image:
            _within(*image.size)
            if name != "JPEG" and getattr(image, "n_frames", 1) > 1:
                raise UnreadableError("image.animated", f"{name} of more than one frame")  # noqa: TRY301  Pillow's errors are caught below
            return _raster(image, body, turn)
    except UnreadableError:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise UnreadableError("image.broken", f"at most {_LIMITS} are read") from error
    except UnidentifiedImageError as error:  # its text holds a memory address
        raise UnreadableError("image.broken", f"the file is no {name} that can be read") from error
    except Exception as error:  # damaged files raise whatever the decoder trips over
        raise UnreadableError("image.broken", f"the {name} is damaged ({error})") from error


def read_drawn(png: bytes) -> Raster:
    """What our own renderer drew, 8-bit RGBA, with transparency laid on white."""
    drawn = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_UNCHANGED)
    if drawn is None:
        raise UnreadableError("image.broken", "the renderer gave no picture")
    height, width = drawn.shape[:2]
    rgb = np.asarray(cv2.cvtColor(drawn, cv2.COLOR_BGRA2RGB), np.uint8)
    alpha = drawn[..., 3:]
    if alpha.min() == 255:  # noqa: PLR2004  all opaque
        return Raster(rgb, width, height, 1)
    seen = alpha.astype(np.uint16)
    laid = rgb * seen + 255 * (255 - seen) + 128
    rgb = ((laid + (laid >> 8)) >> 8).astype(np.uint8)  # divided by 255, rounded, in 16 bits
    return Raster(rgb, width, height, 1, transparent=True)


@contextmanager
def quiet() -> Iterator[None]:
    """Pillow warns of odd metadata, which the container walk judges; a bomb must not pass so."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        yield


def _within(width: int, height: int) -> None:
    if not (width and height):
        raise UnreadableError("image.broken", f"the header says {width}x{height} px")
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise UnreadableError("image.broken", f"{width}x{height} px: at most {_LIMITS} are read")


def _raster(image: Image.Image, body: bytes, turn: int) -> Raster:
    name = "JPEG" if image.format == "MPO" else str(image.format)
    done: tuple[str, ...] = ()
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        turned = image.tag_v2.get(_TIFF_TURN) in _TURNS
        turn, done = 1, ("rotated upright",) if turned else ()  # Pillow turns TIFFs itself
    elif name == "AVIF":
        turn = image.getexif().get(_AVIF_TURN, 1)
        turn = turn if turn in _TURNS else 1
    plain = name == "JPEG" and image.mode in ("RGB", "L")
    kind, stored = _kind(image, body), _first_columns(image)
    if "icc_profile" in image.info and image.mode != "CMYK":
        done += ("colour profile left out",)
    rgb, transparent = _on_white(image, body)
    height, width = rgb.shape[:2]
    if transparent:
        done = ("transparency laid on white", *done)
    if not plain:
        done = (f"converted from {kind}{_NAMES['image/' + name.lower()]}", *done)
    return Raster(rgb, width, height, turn, done, transparent, plain, stored)


def _kind(image: Image.Image, body: bytes) -> str:
    """What is unusual about the way the pixels are stored, in words before the format's name."""
    if image.mode.startswith("I;16") or (image.format == "PNG" and body[_DEPTH_AT] == 16):  # noqa: PLR2004  bits
        return "16-bit "
    return {"P": "palette ", "PA": "palette ", "CMYK": "CMYK ", "LAB": "Lab "}.get(image.mode, "")


def _first_columns(image: Image.Image) -> NDArray[np.uint8] | None:
    """What a lossless file holds in its first columns, all channels; None for other files."""
    if image.format not in ("PNG", "WEBP") or image.mode not in ("RGB", "RGBA", "LA"):
        return None
    columns = max(1, min(image.width, STORED_PIXELS // image.height))
    first = image.crop((0, 0, columns, image.height))
    return np.asarray(first.convert("RGBA") if image.mode == "LA" else first)


def _on_white(image: Image.Image, body: bytes) -> tuple[NDArray[np.uint8], bool]:
    """The pixels as RGB with transparency laid on white, and whether there was any."""
    if image.mode.startswith("I;16"):
        image = _eight_bit(image)
    elif image.format == "PNG":
        _scale_key(image, body[_DEPTH_AT])
    if image.mode in ("I", "F"):
        words = f"samples of mode {image.mode}: nothing says which value is white"
        raise UnreadableError("image.format", words)
    if image.mode in ("CMYK", "LAB"):
        image = _by_profile(image)
    if not image.has_transparency_data:
        return np.asarray(image.convert("RGB")), False
    image = image.convert("RGBA")
    if image.getchannel("A").getextrema()[0] == 255:  # noqa: PLR2004  the alpha's minimum: all opaque
        return np.asarray(image.convert("RGB")), False
    white = Image.new("RGBA", image.size, "white")
    white.alpha_composite(image)
    return np.asarray(white.convert("RGB")), True


def _eight_bit(image: Image.Image) -> Image.Image:
    """The high 8 bits of grey with more of them, with its transparent value as alpha."""
    bits = 16
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        bits = image.tag_v2.get(_TIFF_BITS, (16,))[0]
    values = np.asarray(image).astype(np.uint16)
    grey = Image.fromarray((values >> max(0, bits - 8)).astype(np.uint8))
    key = image.info.get("transparency")
    if key is not None:
        grey.putalpha(Image.fromarray(np.where(values == key, 0, 255).astype(np.uint8)))
    return grey


def _scale_key(image: Image.Image, bits: int) -> None:
    """Bring a PNG's transparent value to 8 bits: Pillow widens the pixels, not the value."""
    key = image.info.get("transparency")
    if isinstance(key, int) and image.mode in ("1", "L") and bits < 8:  # noqa: PLR2004  bits
        image.info["transparency"] = key * 255 // (2**bits - 1)
    elif isinstance(key, tuple) and bits == 16:  # noqa: PLR2004  bits
        image.info["transparency"] = tuple(value >> 8 for value in key)


def _by_profile(image: Image.Image) -> Image.Image:
    """CMYK by its embedded profile (without one by the plain formula), Lab by CIE's."""
    icc = image.info.get("icc_profile")
    if image.mode == "CMYK" and not icc:
        return image.convert("RGB")
    lab, srgb = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
    try:
        given = ImageCms.ImageCmsProfile(BytesIO(icc)) if icc and image.mode == "CMYK" else lab
        shown = ImageCms.profileToProfile(image, given, srgb, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return image.convert("RGB")
    return shown if shown is not None else image.convert("RGB")


def upright(rgb: NDArray[np.uint8], turn: int) -> NDArray[np.uint8]:
    """The pixels turned and mirrored as EXIF's orientation asks."""
    if turn in (5, 6, 7, 8):  # the stored rows are the picture's columns
        rgb = np.asarray(cv2.transpose(rgb), np.uint8)
    flips = {2: 1, 3: -1, 4: 0, 6: 1, 7: -1, 8: 0}  # cv2: 1 left-right, 0 top-bottom, -1 both
    return np.asarray(cv2.flip(rgb, flips[turn]), np.uint8) if turn in flips else rgb


def resize(rgb: NDArray[np.uint8], width: int, height: int) -> NDArray[np.uint8]:
    """The pixels at another size."""
    halved = rgb.shape[1] >= 2 * width or rgb.shape[0] >= 2 * height
    # Bilinear sees every pixel as long as less than half of them go, and costs a third of it.
    how = cv2.INTER_AREA if halved else cv2.INTER_LINEAR_EXACT
    return np.asarray(cv2.resize(rgb, (width, height), interpolation=how), np.uint8)
