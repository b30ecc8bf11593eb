"""The names of image generators, and when a name says one of them and nothing else."""

import re
import unicodedata
from functools import lru_cache

# Names that mean a generator wherever they stand as a whole. Left out are words that people and
# other things are called by (Gemini, Firefly, Imagen, Flux, Grok, Copilot) unless their maker's
# name is with them.
GENERATORS = frozenset(
    {
        "adobe firefly",
        "artbreeder",
        "bing image creator",
        "chatgpt",
        "comfyui",
        "craiyon",
        "dall e",
        "dall e mini",
        "dalle",
        "deep dream generator",
        "dreamina",
        "dreamstudio",
        "flux ai",
        "fooocus",
        "google gemini",
        "google imagen",
        "gpt image",
        "gpt 4o",
        "ideogram ai",
        "image creator from designer",
        "invokeai",
        "leonardo ai",
        "microsoft copilot",
        "midjourney",
        "nano banana",
        "niji journey",
        "nijijourney",
        "novelai",
        "openai",
        "sdxl",
        "seedream",
        "stable diffusion",
        "stable diffusion xl",
        "stablediffusion",
        "swarmui",
        "xai grok",
    }
)
NAME_CHARS = 64  # characters; the longest name above has 27, and a version may follow
_MARKS = re.compile(r"[\W_]+")
_VERSION = re.compile(r"(?: ?v?\d++)++$")  # " v5 2", "3": what is left of " v5.2" and "3"
_WORDS = re.compile(
    r"\b(?:" + "|".join(sorted(map(re.escape, GENERATORS), key=len, reverse=True)) + r")\b"
)


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Compatibility form, case folded, every run of marks and spaces one space."""
    return _MARKS.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def is_generator(text: str) -> bool:
    """Whether the text is a generator's name, perhaps with a version, and nothing else."""
    if len(text) > NAME_CHARS:
        return False
    name = plain(text)
    return name in GENERATORS or _VERSION.sub("", name) in GENERATORS


def names_generator(text: str) -> str:
    """The generator named by whole words anywhere in the text, "" if none is."""
    found = _WORDS.search(plain(text))
    return found[0] if found else ""
