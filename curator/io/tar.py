"""Shards: tar files whose bytes depend on nothing but their members."""

import tarfile
from collections.abc import Iterable, Iterator
from typing import IO

BLOCK = tarfile.BLOCKSIZE  # bytes: 512, POSIX.1-1988 ustar


def write(file: IO[bytes], members: Iterable[tuple[str, bytes]]) -> None:
    """Write the members in the given order; no clock, owner or mode of this machine shows."""
    for name, body in members:
        info = tarfile.TarInfo(name)
        info.size = len(body)
        info.mode = 0o644
        file.write(info.tobuf(tarfile.USTAR_FORMAT))
        file.write(body)
        file.write(b"\0" * (-len(body) % BLOCK))
    file.write(b"\0" * (2 * BLOCK))


def read(file: IO[bytes]) -> Iterator[tuple[str, bytes]]:
    """The members of what `write` wrote, in their order; a damaged tar is a tarfile.TarError."""
    with tarfile.open(fileobj=file, mode="r|") as tar:
        for member in tar:
            body = tar.extractfile(member)
            if body is not None:
                yield member.name, body.read()
