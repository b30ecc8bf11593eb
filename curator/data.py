"""The data that ships with curator (`licenses/`), read once."""

import hashlib
import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable


@cache
def licenses() -> Traversable:
    """The folder `licenses/`: in the wheel inside the package, in a checkout beside it."""
    inside = files("curator") / "_licenses"
    return inside if inside.is_dir() else files("curator").joinpath("..", "licenses")


@cache
def tables() -> tuple[tuple[str, dict[str, object]], ...]:
    """Every TOML table of `licenses/` as (file name, content), sorted by name."""
    found = [file for file in licenses().iterdir() if file.name.endswith(".toml")]
    found.sort(key=lambda file: file.name)
    return tuple((f.name, tomllib.loads(f.read_text(encoding="utf-8"))) for f in found)


@cache
def text(name: str) -> str:
    """A file of `licenses/` as text."""
    return licenses().joinpath(*name.split("/")).read_text(encoding="utf-8")


@cache
def blob(name: str) -> bytes:
    """A file of `licenses/` as bytes."""
    return licenses().joinpath(*name.split("/")).read_bytes()


@cache
def digest() -> str:
    """The digest of all tables: what a judgement by them depends on."""
    return hashlib.sha256(repr(tables()).encode()).hexdigest()
