"""What was found in a file, packed: for the cache, and to hold much of it in memory."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import overload

import msgspec
from msgspec.structs import replace

from linter.model import FileReport

# No report is larger; what would unpack to more was not packed here.
_MOST_BYTES = 256 * 2**20
_MOST_LOOSE = 200
_DECODER = msgspec.msgpack.Decoder(FileReport)


class Reports(Sequence[FileReport]):
    """The reports on many files, all but the first ones packed, so that they take little room."""

    def __init__(self) -> None:
        self._loose: list[FileReport] = []
        self._packed: list[tuple[bytes, str]] = []

    def append(self, report: FileReport) -> None:
        """Add one at the end."""
        if len(self._loose) < _MOST_LOOSE:
            self._loose.append(report)
        else:
            self._packed.append((pack(report), report.path))

    def __len__(self) -> int:
        return len(self._loose) + len(self._packed)

    @overload
    def __getitem__(self, index: int) -> FileReport: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[FileReport]: ...
    def __getitem__(self, index: int | slice) -> FileReport | Sequence[FileReport]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        number = range(len(self))[index]
        return self._loose[number] if number < _MOST_LOOSE else unpack(*self._packed[number - _MOST_LOOSE])


def pack(report: FileReport) -> bytes:
    """A report as bytes, without its path, which need not be text."""
    return zlib.compress(msgspec.msgpack.encode(replace(report, path="")), 1)


def unpack(data: bytes, path: str) -> FileReport:
    """The report that was packed so; raise zlib.error or msgspec.MsgspecError for what was not."""
    return replace(_DECODER.decode(zlib.decompressobj().decompress(data, _MOST_BYTES)), path=path)
