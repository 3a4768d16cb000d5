"""The parts of a package by name, whatever their case and slashes; changes are held until the whole is written."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from friendshore.optimizer.in_place.archive import ArchiveWriter, Packed
from friendshore.optimizer.system.files import FileFault

MOST_UNPACKED = 2 << 30
_BLOCK = 1 << 20


def folded(name: str) -> str:
    """A part name as packages compare them: blind to case, a leading slash and the direction of slashes."""
    return name.replace("\\", "/").lstrip("/").casefold()


@dataclass
class Parts:
    """A package: what is in the archive, and what will be in its place. Names are as the archive spells them.

    What is put in is held as it will be written, a tenth of its size: the sheet of a long table takes 80 MB of XML.
    """

    path: Path
    content: bytes
    archive: zipfile.ZipFile
    entries: dict[str, zipfile.ZipInfo]
    changed: dict[str, Packed] = field(default_factory=dict)
    added: dict[str, tuple[str, Packed]] = field(default_factory=dict)
    dropped: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, path: Path, content: bytes) -> Parts:
        """The package that a file holds. Raises FileFault where the archive is damaged, doubtful or too large."""
        try:
            archive = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            raise FileFault(
                "FS004", path, f"the workbook is damaged ({error}); open it in Excel and save it"
            ) from error
        listed = [entry for entry in archive.infolist() if not entry.orig_filename.endswith(("/", "\\"))]
        entries = {folded(entry.orig_filename): entry for entry in listed}
        if len(entries) != len(listed):
            raise FileFault("FS004", path, "the workbook is damaged: a part is there twice; open it in Excel, save it")
        if sum(entry.file_size for entry in listed) > MOST_UNPACKED:
            raise FileFault("FS005", path, "the workbook cannot be joined with a plan: it unpacks to over 2 GB")
        return cls(path, content, archive, entries)

    # -- reading --------------------------------------------------------------------------------------------------

    def names(self) -> Iterator[str]:
        """Names of all parts as they will be, folded."""
        yield from (name for name in self.entries if name not in self.dropped)
        yield from self.added

    def has(self, name: str) -> bool:
        """Whether there is, or will be, such a part."""
        name = folded(name)
        return name in self.added or (name in self.entries and name not in self.dropped)

    def read(self, name: str) -> bytes:
        """The content of a part as it will be. Raises KeyError where there is none."""
        name = folded(name)
        if name in self.added:
            return self.added[name][1].content
        if name in self.dropped:
            raise KeyError(name)
        return self.changed[name].content if name in self.changed else self.archive.read(self.entries[name])

    def verify(self) -> None:
        """FileFault where a part does not have its checksum."""
        for entry in self.entries.values():
            try:
                with self.archive.open(entry) as stream:
                    while stream.read(_BLOCK):
                        pass
            except Exception as error:  # whatever a damaged archive makes the library raise
                raise FileFault(
                    "FS004", self.path, f"the workbook is damaged ({entry.filename}); open it in Excel, let it repair"
                ) from error

    # -- changing -------------------------------------------------------------------------------------------------

    def put(self, name: str, content: bytes) -> None:
        """Change a part or add one; what takes the name of a dropped one also takes its place in the archive."""
        self.put_blocks(name, (content,))

    def put_blocks(self, name: str, blocks: Iterable[bytes]) -> None:
        """The same with content that comes in blocks."""
        place, packed = folded(name), Packed.of(blocks)
        if place not in self.entries:
            self.added[place] = (name, packed)
            return
        self.dropped.discard(place)
        there = self.entries[place]
        alike = (there.CRC, there.file_size) == (packed.checksum, packed.size)
        if alike and self.archive.read(there) == packed.content:
            self.changed.pop(place, None)
        else:
            self.changed[place] = packed

    def drop(self, name: str) -> None:
        """Leave a part out."""
        name = folded(name)
        self.added.pop(name, None)
        self.changed.pop(name, None)
        if name in self.entries:
            self.dropped.add(name)

    def free(self, like: str) -> str:
        """A name like this one, with the first number that no part has."""
        stem, ending = posixpath.splitext(like)
        stem = re.sub(r"\d+$", "", stem)
        return next(name for i in range(1, 1 << 20) if not self.has(name := f"{stem}{i}{ending}"))

    # -- writing --------------------------------------------------------------------------------------------------

    def write(self, stream: IO[bytes]) -> None:
        """The package as it will be: untouched parts as their raw bytes, in their order, new ones behind them."""
        source, writer = io.BytesIO(self.content), ArchiveWriter(stream)
        for entry in self.archive.infolist():
            name = folded(entry.orig_filename)
            if name in self.changed:
                writer.add(entry.orig_filename, self.changed[name])
            elif name not in self.dropped:
                writer.carry(source, entry)
        for name, content in self.added.values():
            writer.add(name, content)
        writer.close(self.archive.comment)
