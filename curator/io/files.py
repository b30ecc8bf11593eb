"""Files that a command line names: regular ones only, since a pipe or a device never ends."""

from pathlib import Path

from curator.errors import InputError


def read(path: Path, most: int, fix: str) -> bytes:
    """The first `most` bytes of a regular file; InputError, with this fix, for anything else."""
    try:
        if path.exists() and not path.is_file():
            raise InputError("is no regular file", fix, str(path))
        with path.open("rb") as file:
            return file.read(most)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", fix, str(path)) from error
