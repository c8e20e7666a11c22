"""Packs of rules: the built-in one, and rulebooks that are compiled once and kept from one run to the next.

A kept rulebook is data in MessagePack, checked against its types as it is read, in a file of the user's cache folder
that is named by what it was made from. Where that folder cannot be written, rules are compiled at every start.
"""

from __future__ import annotations

import contextlib
import gc
import glob
import hashlib
import importlib
import os
from collections.abc import Mapping
from pathlib import Path

import msgspec
import platformdirs

from linter.program import program_digest
from linter.rulebook import Rulebook

# More packs than these are not kept; each takes some two megabytes.
_MOST_KEPT = 8
_CHECKSUM = hashlib.sha256
_CHECKSUM_SIZE = 32


def builtin_pack() -> dict[str, str]:
    """The files of the built-in pack, sorted: path -> text."""
    (folder,) = importlib.import_module("linter.rules").__path__
    names = sorted(glob.iglob("**/*.yml", root_dir=folder, recursive=True))
    return {f"rules/{name.replace(os.sep, '/')}": _text(os.path.join(folder, name)) for name in names}


def _text(path: str) -> str:
    with open(path, encoding="utf-8") as file:
        return file.read()


def load_rulebook(files: Mapping[str, str]) -> Rulebook:
    """The rulebook of one or more packs (path -> text), compiled now or earlier; raise RuleError if they are wrong."""
    path = cache_folder() / f"rules-{_digest(files)}.msgpack"
    kept = _read(path)
    if kept is not None:
        return kept
    from linter.rulefiles import read_rulebook  # with YAML, which kept rules do without

    rulebook = read_rulebook(files)
    _write(path, rulebook)
    return rulebook


def cache_folder() -> Path:
    """Where the user's programs keep what they can make again."""
    return Path(platformdirs.user_cache_dir("caveat", appauthor=False))


def _digest(files: Mapping[str, str]) -> str:
    digest = hashlib.sha256(program_digest().encode())
    for path, text in files.items():
        digest.update(f"{path}\0{len(text)}\0{text}".encode())
    return digest.hexdigest()[:32]


def _read(path: Path) -> Rulebook | None:
    """What is kept at ``path``; None where there is nothing, or not what was written there."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    checksum, data = content[:_CHECKSUM_SIZE], content[_CHECKSUM_SIZE:]
    if _CHECKSUM(data).digest() != checksum:
        return None
    gc.disable()  # all that is made is kept, and to look through it meanwhile would double the time
    try:
        return msgspec.msgpack.decode(data, type=Rulebook)
    finally:
        gc.enable()


def _write(path: Path, rulebook: Rulebook) -> None:
    """Keep a rulebook: the whole file is there, or none."""
    import tempfile  # rules are read far more often than written

    data = msgspec.msgpack.encode(rulebook)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.stem, suffix=".new")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_CHECKSUM(data).digest() + data)
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise
        kept = sorted(path.parent.glob("rules-*.msgpack"), key=lambda other: other.stat().st_mtime)
        for old in kept[:-_MOST_KEPT]:
            old.unlink()
