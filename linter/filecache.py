"""What was found in a file, packed: for the cache, and to hold on to much of it."""

from __future__ import annotations

import os
import weakref
import zlib
from collections.abc import Sequence
from functools import cached_property
from typing import IO, overload

import msgspec
from msgspec.structs import replace

from linter.model import CaveatError, FileReport

# No report is larger; what would unpack to more was not packed here.
_MOST_BYTES = 256 * 2**20
_MOST_LOOSE = 200
_DECODER = msgspec.msgpack.Decoder(FileReport)


class Reports(Sequence[FileReport]):
    """The reports on many files, all but the first ones in a temporary file, so that they take little room.

    Raise CaveatError where there is no room for that file.
    """

    def __init__(self) -> None:
        self._loose: list[FileReport] = []
        self._places: list[tuple[int, int, str]] = []  # where in the file, how long, path

    @cached_property
    def _file(self) -> IO[bytes]:
        import tempfile  # for many files only

        file = tempfile.TemporaryFile(prefix="caveat-")  # noqa: SIM115 - it is closed with the reports
        weakref.finalize(self, file.close)
        return file

    def append(self, report: FileReport) -> None:
        """Add one at the end."""
        if len(self._loose) < _MOST_LOOSE:
            self._loose.append(report)
            return
        data = pack(report)
        try:
            self._places.append((self._file.seek(0, os.SEEK_END), len(data), report.path))
            self._file.write(data)
        except OSError as error:
            raise CaveatError(f"what was found cannot be kept in a temporary file: {error.strerror}") from None

    def __len__(self) -> int:
        return len(self._loose) + len(self._places)

    @overload
    def __getitem__(self, index: int) -> FileReport: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[FileReport]: ...
    def __getitem__(self, index: int | slice) -> FileReport | Sequence[FileReport]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        number = range(len(self))[index]
        if number < _MOST_LOOSE:
            return self._loose[number]
        place, length, path = self._places[number - _MOST_LOOSE]
        self._file.seek(place)
        return unpack(self._file.read(length), path)


def pack(report: FileReport) -> bytes:
    """A report as bytes, without its path, which need not be text."""
    return zlib.compress(msgspec.msgpack.encode(replace(report, path="")), 1)


def unpack(data: bytes, path: str) -> FileReport:
    """The report that was packed so; raise zlib.error or msgspec.MsgspecError for what was not."""
    return replace(_DECODER.decode(zlib.decompressobj().decompress(data, _MOST_BYTES)), path=path)
