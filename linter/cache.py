"""What was found out before, kept in a folder of its own from one run to the next.

It is an SQLite database, so that several runs can use it at once, and a run that is killed leaves nothing half written.
The folder lies among other people's files: what is in it is data only, and what this program did not write so is not
taken for an entry.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from linter.model import CaveatError
from linter.program import program_digest

if TYPE_CHECKING:
    import sqlite3

FOLDER = ".caveat_cache"
MOST_BYTES = 256 * 2**20
_DATABASE = "kept.sqlite"
_LAYOUT = 1
_CHECKSUM_SIZE = 16
_SECONDS_TO_WAIT = 10
_MOST_ASKED = 500  # keys in one question
_SETTINGS = (
    "PRAGMA trusted_schema = OFF",
    "PRAGMA auto_vacuum = INCREMENTAL",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    "CREATE TABLE IF NOT EXISTS kept (key BLOB PRIMARY KEY, day INTEGER NOT NULL, value BLOB NOT NULL)",
)
# What keeps git and backups away from it, and tells it from a folder of somebody else's.
_TAG = "CACHEDIR.TAG"
_MARKS = {
    ".gitignore": "*\n",
    _TAG: "Signature: 8a477f597d28d172789f06886806bc55\n# A cache of caveat, which can be removed.\n",
}


class Cache:
    """Values by their keys, in a folder that is made when it is first needed.

    ``trouble`` tells why it could not be used, if it could not; then nothing is found in it, and nothing kept.
    """

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        self.trouble = ""
        self._folder, self._most_bytes = folder, most_bytes
        self._open: sqlite3.Connection | None = None
        self._process = 0

    def find(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """The values of those of ``keys`` that are kept."""
        found: dict[bytes, bytes] = {}
        self._use(lambda connection: found.update(_found(connection, list(keys))))
        return found

    def keep(self, values: Mapping[bytes, bytes]) -> None:
        """Keep values, all of them or none."""
        if values:
            rows = [(key, _today(), _checksum(key, value) + value) for key, value in values.items()]
            self._use(lambda connection: _write(connection, "INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows))

    def disconnect(self) -> None:
        """Let go of the database, which is opened again when it is needed; a process that forks has to."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def close(self) -> None:
        """Let go of the database for good; of too much in it, what was not used for longest goes."""
        if self._open is not None:
            self._use(lambda connection: _shrink(connection, self._most_bytes))
        self.disconnect()

    def _use(self, action: Callable[[sqlite3.Connection], None]) -> None:
        """Do something with the database; one that is damaged is removed, so that the next run makes it anew."""
        if self.trouble:
            return
        import sqlite3  # a run without a cache does without

        try:
            if self._open is None or self._process != os.getpid():  # a connection does not survive a fork
                self._open, self._process = _connect(self._folder), os.getpid()
            action(self._open)
        except (sqlite3.DatabaseError, OSError) as error:
            self.disconnect()
            self.trouble = str(error)
            # What is locked for too long, or on a full or closed disk, is not damaged.
            if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
                for path in self._folder.glob(f"{_DATABASE}*"):
                    path.unlink(missing_ok=True)


def cache_key(kind: str, *parts: bytes) -> bytes:
    """The key of what this program makes of ``parts``."""
    digest = hashlib.sha256(f"{_LAYOUT} {kind} {program_digest()}".encode())
    for part in parts:
        digest.update(b"%d:" % len(part))
        digest.update(part)
    return digest.digest()


def clear(folder: Path) -> bool:
    """Remove a cache, and say whether there was one; raise CaveatError where it cannot be removed or is none."""
    if folder.is_symlink() or (folder.exists() and not (folder / _TAG).is_file()):
        raise CaveatError("this is no cache of caveat's; nothing was removed", str(folder))
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise CaveatError(f"the cache cannot be removed: {error.strerror}", str(folder)) from None
    return True


def _connect(folder: Path) -> sqlite3.Connection:
    import sqlite3

    if folder.is_symlink():
        raise OSError("it is a link, which may lead anywhere")
    folder.mkdir(exist_ok=True)
    for name, text in _MARKS.items():
        if not (folder / name).exists():
            (folder / name).write_text(text, encoding="utf-8")
    connection = sqlite3.connect(folder / _DATABASE, timeout=_SECONDS_TO_WAIT, isolation_level=None)
    for setting in _SETTINGS:
        connection.execute(setting).fetchall()
    return connection


def _found(connection: sqlite3.Connection, keys: list[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """The entries with these keys that are as they were written; they are marked as used today."""
    used: list[tuple[int, bytes]] = []
    for start in range(0, len(keys), _MOST_ASKED):
        part = keys[start : start + _MOST_ASKED]
        question = f"SELECT key, day, CAST(value AS BLOB) FROM kept WHERE key IN ({','.join('?' * len(part))})"
        for key, day, value in connection.execute(question, part):
            if isinstance(value, bytes) and value[:_CHECKSUM_SIZE] == _checksum(key, value[_CHECKSUM_SIZE:]):
                yield key, value[_CHECKSUM_SIZE:]
                if day != _today():
                    used.append((_today(), key))
    if used:
        _write(connection, "UPDATE kept SET day = ? WHERE key = ?", used)


def _write(connection: sqlite3.Connection, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Do a statement for all rows, or for none."""
    connection.execute("BEGIN IMMEDIATE")
    with connection:
        connection.executemany(statement, rows)


def _shrink(connection: sqlite3.Connection, most_bytes: int) -> None:
    while _size(connection) > most_bytes:
        oldest = "SELECT rowid FROM kept ORDER BY day, rowid LIMIT (SELECT count(*) / 4 + 1 FROM kept)"
        connection.execute(f"DELETE FROM kept WHERE rowid IN ({oldest})")
        connection.executescript("PRAGMA incremental_vacuum")  # execute() would give back one page only


def _checksum(key: bytes, value: bytes) -> bytes:
    return hashlib.blake2b(value, digest_size=_CHECKSUM_SIZE, key=key).digest()


def _size(connection: sqlite3.Connection) -> int:
    ((pages,),) = connection.execute("PRAGMA page_count")
    ((size,),) = connection.execute("PRAGMA page_size")
    return int(pages) * int(size)


def _today() -> int:
    return int(time.time()) // 86400
