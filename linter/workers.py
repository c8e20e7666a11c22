"""Work spread over processes: many calls of one function, with results in the order of the calls."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

# Processes take time to start; for less work than this (bytes of text) they cost more than they save.
LEAST_WORTH = 150_000
# Where it is safe, processes start with a copy of what this one has in memory: rules that it has read, a model.
INHERITED = sys.platform == "linux"
# So many calls for each process wait at a time, so that memory does not grow with the number of files.
_AHEAD = 4

_function: Callable[[Sequence[Any]], Sequence[Any]]


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Workers(Generic[_Item, _Result]):
    """Calls ``function`` with lists of items, in up to ``jobs`` processes once there is enough to do.

    ``size`` says how much an item is. ``before_start`` is called before processes are started.
    """

    def __init__(
        self,
        function: Callable[[Sequence[_Item]], Sequence[_Result]],
        jobs: int,
        size: Callable[[_Item], int],
        before_start: Callable[[], None],
    ) -> None:
        self._function, self._jobs, self._size, self._before_start = function, jobs, size, before_start
        self._pool: ProcessPoolExecutor | None = None
        self._calls: deque[_Call[_Item, _Result]] = deque()
        self._seen = 0  # how much was there to do, what is done included

    def results(self, lists: Iterable[Sequence[_Item]]) -> Iterator[Sequence[_Result]]:
        """What the function returns for each list, in their order."""
        try:
            for items in lists:
                self._calls.append(_Call(items))
                self._seen += sum(map(self._size, items))
                if self._jobs > 1:
                    self._spread()
                if self._jobs == 1 or len(self._calls) > _AHEAD * self._jobs:
                    yield self._next()
            while self._calls:
                yield self._next()
        finally:
            if self._pool is not None:
                self._pool.shutdown(wait=True, cancel_futures=True)
                gc.unfreeze()

    def _spread(self) -> None:
        """Hand calls to the processes, which are started for the first time if it is worth it."""
        if self._pool is None:
            if self._seen < LEAST_WORTH:
                return
            import multiprocessing  # most runs do without
            from concurrent.futures import ProcessPoolExecutor

            self._before_start()
            gc.freeze()  # the copies share memory until somebody writes there, as a collection would
            context = multiprocessing.get_context("fork" if INHERITED else None)
            self._pool = ProcessPoolExecutor(self._jobs, context, initializer=_start, initargs=(self._function,))
        for call in self._calls:
            if call.future is None and call.items:
                call.future = self._pool.submit(_call, call.items)

    def _next(self) -> Sequence[_Result]:
        call = self._calls.popleft()
        if call.future is not None:
            return call.future.result()
        return self._function(call.items) if call.items else ()


class _Call(Generic[_Item, _Result]):
    """A list of items, and the result that is to come if a process works on them."""

    def __init__(self, items: Sequence[_Item]) -> None:
        self.items = items
        self.future: Future[Sequence[_Result]] | None = None


def _start(function: Callable[[Sequence[Any]], Sequence[Any]]) -> None:
    global _function
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that started this one ends it
    _function = function


def _call(items: Sequence[Any]) -> Sequence[Any]:
    return _function(items)
