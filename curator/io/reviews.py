"""Reads the files of people's answers that a recipe names, and adds answers to one."""

import fcntl
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from curator.core.reviews import Reviews, parse
from curator.errors import MachineError, RecipeError

FILE_BYTES = 256 * 2**20  # bytes; about a million answers


def load(base: Path, paths: Iterable[str]) -> Reviews:
    """All answers in files relative to `base`; RecipeError names file and line."""
    return Reviews.of((path, parse(read(base / path, path), path)) for path in paths)


def read(path: Path, name: str) -> bytes:
    """The bytes of a file of answers."""
    try:
        size = path.stat().st_size
        body = path.read_bytes() if size <= FILE_BYTES else b""
    except OSError as error:
        fix = "Name a file of answers, as `curator review` writes it"
        raise RecipeError(f"cannot be read: {error.strerror}", fix, name) from error
    if size > FILE_BYTES:
        raise RecipeError(f"is larger than {FILE_BYTES} bytes", "Divide it into several", name)
    return body


def append(path: Path, row: Mapping[str, object]) -> None:
    """Add one line in one write and wait until the disk has it; a torn last line is closed off."""
    line = json.dumps(row, ensure_ascii=False).encode() + b"\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        number = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(number, fcntl.LOCK_EX)
            size = os.fstat(number).st_size
            if size and os.pread(number, 1, size - 1) != b"\n":
                line = b"\n" + line
            if os.write(number, line) < len(line):
                os.ftruncate(number, size)
                raise OSError(28, "no space for a whole line")
            os.fsync(number)
        finally:
            os.close(number)
    except OSError as error:
        fix = "Free space, or name another file with --answers"
        raise MachineError(f"cannot write: {error.strerror}", fix, str(path)) from error
