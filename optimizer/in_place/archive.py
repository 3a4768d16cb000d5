"""The zip archive beneath a workbook: entries carried over as the raw bytes they are, new ones put beside them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import IO
from zipfile import ZIP_DEFLATED, ZipInfo

LOCAL = struct.Struct("<4s5H3L2H")
CENTRAL = struct.Struct("<4s6H3L5H2L")
END = struct.Struct("<4s4H2LH")
EXTRA = struct.Struct("<HH")
_BEGUN, _LISTED, _ENDED = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"

UTF8 = 1 << 11
_SIZES_FOLLOW = 1 << 3
_ZIP64 = 1
_BLOCK = 1 << 20
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Packed:
    """Content as it will stand in an archive: deflated, with its size and checksum."""

    deflated: bytes
    size: int
    checksum: int

    @classmethod
    def of(cls, blocks: Iterable[bytes], level: int = 6) -> Packed:
        """Content that comes in blocks, of which one at a time is held; ``level`` as of zlib, 1 the quickest."""
        packer, packed, size, checksum = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS), [], 0, 0
        for block in blocks:
            packed.append(packer.compress(block))
            size, checksum = size + len(block), zlib.crc32(block, checksum)
        return cls(b"".join((*packed, packer.flush())), size, checksum)

    @property
    def content(self) -> bytes:
        """The content itself."""
        return zlib.decompress(self.deflated, -zlib.MAX_WBITS, self.size or 1)


@dataclass
class ArchiveWriter:
    """An archive as it is written: entries in the order they are given, below 4 GB in all."""

    stream: IO[bytes]
    directory: list[bytes] = field(default_factory=list)

    def carry(self, source: IO[bytes], entry: ZipInfo) -> None:
        """An entry of another archive: name, compressed bytes, checksum and date as they stand there."""
        begins = self.stream.tell()
        self._begin(entry)
        source.seek(entry.header_offset)
        head = LOCAL.unpack(source.read(LOCAL.size))
        source.seek(entry.header_offset + LOCAL.size + head[-2] + head[-1])
        left = entry.compress_size
        while left:
            block = source.read(min(left, _BLOCK))
            if not block:
                raise EOFError(f"{entry.filename} ends early")
            self.stream.write(block)
            left -= len(block)
        self._list(entry, begins)

    def add(self, name: str, packed: Packed) -> None:
        """A new entry; its date is always the same, so that the same content makes the same file."""
        begins = self.stream.tell()
        entry = ZipInfo(name, _EPOCH)
        entry.orig_filename = name
        entry.compress_type = ZIP_DEFLATED
        entry.flag_bits = 0 if name.isascii() else UTF8
        entry.CRC, entry.file_size, entry.compress_size = packed.checksum, packed.size, len(packed.deflated)
        self._begin(entry)
        self.stream.write(packed.deflated)
        self._list(entry, begins)

    def close(self, comment: bytes = b"") -> None:
        """Write the directory, and the archive's comment."""
        begins = self.stream.tell()
        self.stream.writelines(self.directory)
        size, count = self.stream.tell() - begins, len(self.directory)
        self.stream.write(END.pack(_ENDED, 0, 0, count, count, size, begins, len(comment)) + comment)

    def _begin(self, entry: ZipInfo) -> None:
        name = raw_name(entry)
        self.stream.write(
            LOCAL.pack(
                _BEGUN,
                entry.extract_version,
                entry.flag_bits & ~_SIZES_FOLLOW,
                entry.compress_type,
                _time(entry),
                _date(entry),
                entry.CRC,
                entry.compress_size,
                entry.file_size,
                len(name),
                0,
            )
            + name
        )

    def _list(self, entry: ZipInfo, begins: int) -> None:
        name, extra = raw_name(entry), _without_zip64(entry.extra)
        self.directory.append(
            CENTRAL.pack(
                _LISTED,
                entry.create_version | entry.create_system << 8,
                entry.extract_version,
                entry.flag_bits & ~_SIZES_FOLLOW,
                entry.compress_type,
                _time(entry),
                _date(entry),
                entry.CRC,
                entry.compress_size,
                entry.file_size,
                len(name),
                len(extra),
                len(entry.comment),
                0,
                entry.internal_attr,
                entry.external_attr,
                begins,
            )
            + name
            + extra
            + entry.comment
        )


def raw_name(entry: ZipInfo) -> bytes:
    """The name of an entry as its archive spells it."""
    return entry.orig_filename.encode("utf-8" if entry.flag_bits & UTF8 else "cp437")


def _time(entry: ZipInfo) -> int:
    _, _, _, hour, minute, second = entry.date_time
    return hour << 11 | minute << 5 | second // 2


def _date(entry: ZipInfo) -> int:
    year, month, day, *_ = entry.date_time
    return (year - 1980) << 9 | month << 5 | day


def _without_zip64(extra: bytes) -> bytes:
    """The extra fields but for sizes beyond 4 GB, which no entry here has."""
    kept, at = b"", 0
    while at + EXTRA.size <= len(extra):
        kind, size = EXTRA.unpack_from(extra, at)
        if kind != _ZIP64:
            kept += extra[at : at + EXTRA.size + size]
        at += EXTRA.size + size
    return kept
