"""What the walks over a file's container write down, within bounds on bytes and count."""

from dataclasses import dataclass, field

from curator.view import FileFacts

TEXT_BYTES = (
    4 * 2**20
)  # bytes of one text, inflated; the largest ComfyUI graphs seen are under 1 MiB
METADATA_BYTES = 16 * 2**20  # bytes kept per file; depth maps inside XMP reach several MiB
PARTS = (
    2**16
)  # chunks, segments, boxes or directories per file; 25 MiB of PNG in 8 KiB chunks: 3,200
PACKETS = 64  # XMP packets per file; one is usual, each embedded picture may bring its own
STORES = 4  # C2PA stores per file; the standard allows one, pictures behind it bring their own
FAULTS = 16  # sentences; whoever reads them has understood by then


@dataclass(slots=True)
class Findings:
    """A notebook that becomes `FileFacts`.

    A fault starts with "container: " where the file itself is damaged, and with
    "metadata: <part>: " where something beside the picture cannot be read.
    """

    media_type: str
    xmp: list[bytes] = field(default_factory=list)
    exif: bytes = b""
    iptc: bytes = b""
    texts: list[tuple[str, str]] = field(default_factory=list)
    jumbf: list[bytes] = field(default_factory=list)
    svg_text: bool = False
    frames: int = 1
    faults: list[str] = field(default_factory=list)
    kept: int = 0  # bytes

    def broken(self, sentence: str) -> None:
        """Note that the container is damaged."""
        self._fault(f"container: {sentence}")

    def unread(self, part: str, sentence: str) -> None:
        """Note that a part of the metadata cannot be read."""
        self._fault(f"metadata: {part}: {sentence}")

    def keep_xmp(self, packet: bytes) -> None:
        """Keep an XMP packet, without the padding around it."""
        packet = packet.strip(b"\0\t\n\r ")
        if not packet or packet in self.xmp:
            return
        if len(self.xmp) == PACKETS:
            self.unread("XMP", f"there are more than {PACKETS} packets of it")
        elif self._room("XMP", packet):
            self.xmp.append(packet)

    def keep_exif(self, tiff: bytes) -> None:
        """Keep the Exif data; a second block that says something else cannot be told apart."""
        if self.exif and self.exif != tiff:
            self.unread("Exif", "there are two different blocks of it")
        elif self._room("Exif", tiff):
            self.exif = tiff

    def keep_iptc(self, records: bytes) -> None:
        """Keep IIM records behind those that are there."""
        if self._room("IPTC", records):
            self.iptc += records

    def keep_text(self, place: str, raw: bytes) -> None:
        """Keep a text; one that is too long is kept in part and noted as unread.

        Standards say Latin-1 where writers put UTF-8; valid UTF-8 is hardly ever anything else.
        """
        if len(raw) > TEXT_BYTES:
            self.unread("text", f"{place[:80]} is longer than {TEXT_BYTES} bytes")
            raw = raw[:TEXT_BYTES]
        if not self._room("text", raw):
            return
        try:
            self.texts.append((place, raw.decode("utf-8")))
        except UnicodeDecodeError:
            self.texts.append((place, raw.decode("latin-1")))

    def keep_store(self, boxes: bytes) -> None:
        """Keep a C2PA store; one without room leaves an empty one, so that its presence shows."""
        if len(self.jumbf) == STORES:
            self.unread("C2PA", f"there are more than {STORES} stores")
        else:
            self.jumbf.append(boxes if self._room("C2PA", boxes) else b"")

    def adopt(self, other: "Findings", name: str) -> None:
        """Take over what was found in an image inside this one; `name` says which image."""
        for packet in other.xmp:
            self.keep_xmp(packet)
        if other.exif and not self.exif:
            self.keep_exif(other.exif)
        elif other.exif:
            self.unread("Exif", f"the {name} has a block of its own")
        if other.iptc:
            self.keep_iptc(other.iptc)
        self.texts.extend(other.texts[: PARTS - len(self.texts)])
        for boxes in other.jumbf:
            self.keep_store(boxes)
        for fault in other.faults:
            self.unread(name, fault)

    def facts(self) -> FileFacts:
        """The notes in their final form."""
        return FileFacts(
            media_type=self.media_type,
            xmp=tuple(self.xmp),
            exif=self.exif,
            iptc=self.iptc,
            texts=tuple(self.texts),
            jumbf=tuple(self.jumbf),
            svg_text=self.svg_text,
            frames=self.frames,
            faults=tuple(self.faults),
        )

    def _room(self, part: str, data: bytes) -> bool:
        if self.kept + len(data) > METADATA_BYTES or len(self.texts) >= PARTS:
            self.unread(part, f"the file holds more than {METADATA_BYTES} bytes of metadata")
            return False
        self.kept += len(data)
        return True

    def _fault(self, sentence: str) -> None:
        if len(self.faults) < FAULTS and sentence not in self.faults:
            self.faults.append(sentence)
