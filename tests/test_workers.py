"""Work in several processes: results in order, and no processes for what is done in no time."""

from __future__ import annotations

import os
from collections.abc import Sequence

import pytest

from linter.workers import LEAST_WORTH, Workers, cores


def seen(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Each number, with the process that saw it."""
    if 13 in numbers:
        raise ValueError("13")
    return [(number, os.getpid()) for number in numbers]


def workers(jobs: int, started: list[int] | None = None, size: int = LEAST_WORTH) -> Workers[int, tuple[int, int]]:
    return Workers(seen, jobs, lambda number: size, lambda: (started if started is not None else []).append(jobs))


@pytest.mark.parametrize("jobs", [1, 2, 4])
def test_results_come_in_order(jobs: int) -> None:
    lists = [list(range(start, start + 3)) for start in range(20, 200, 3)]
    results = list(workers(jobs).results(iter(lists)))
    assert [[number for number, _ in result] for result in results] == lists
    others = {process for result in results for _, process in result} - {os.getpid()}
    assert (len(others) > 0) == (jobs > 1)


def test_processes_start_once_and_only_when_there_is_enough_to_do() -> None:
    started: list[int] = []
    assert list(workers(2, started, size=0).results([[1], [2]])) == [[(1, os.getpid())], [(2, os.getpid())]]
    assert started == []
    list(workers(2, started).results([[1]] * 30))
    assert started == [2]


def test_much_of_what_is_little_is_enough_to_do_too() -> None:
    results = list(workers(2, size=LEAST_WORTH // 30).results([[1]] * 100))
    assert {process for result in results for _, process in result} - {os.getpid()}


def test_lists_of_nothing_have_no_results() -> None:
    assert [list(result) for result in workers(2).results([[], []])] == [[], []]


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_goes_wrong_is_told(jobs: int) -> None:
    with pytest.raises(ValueError, match="13"):
        list(workers(jobs).results([[1], [13], [2]]))


def test_results_are_handed_out_while_others_are_awaited() -> None:
    asked = []

    def lists():  # type: ignore[no-untyped-def]
        for number in range(20, 120):
            asked.append(number)
            yield [number]

    results = workers(2).results(lists())
    next(results)
    assert len(asked) < 20
    results.close()  # type: ignore[attr-defined]


def test_there_is_a_core() -> None:
    assert cores() >= 1
