"""licenses/: the text of every license that a published pair stands under."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from curator import data
from curator.core import spdx
from curator.exporters.base import EXPORTERS, Edition, File

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*")
_OPERATORS = frozenset({"OR", "AND", "WITH"})


@dataclass(frozen=True, slots=True)
class LicenseTexts:
    """The texts that ship with curator; of others the index names the address."""

    id: str = "licenses"
    summary: str = "licenses/<SPDX id>.txt and an index: the licenses in use"

    def files(self, edition: Edition) -> Iterator[File]:
        """One text per license in use, and an index of all."""
        used: set[str] = set()
        for row in edition.pairs("image_license", "work_license", "caption_license"):
            for expression in row.values():
                used |= set(_ID.findall(expression or "")) - _OPERATORS
        index = []
        for name in sorted(used):
            text = spdx.text_name(name)
            if text:
                yield File(f"licenses/{name}.txt", [data.blob(text)])
            here = f"{name}.txt" if text else "text not included"
            index.append(f"{name}\t{spdx.url(name)}\t{here}\n")
        yield File("licenses/INDEX.tsv", [line.encode() for line in index])


EXPORTERS.add(LicenseTexts())
