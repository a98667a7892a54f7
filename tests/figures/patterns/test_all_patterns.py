"""The table is whole: each of the hundred patterns has its example, made the way the contract says."""

from __future__ import annotations

from itertools import chain

import test_lists_and_activities
import test_shares_and_ranks
import test_statements
import test_time_and_comparison
from pattern_book import COMPUTED, COPIED, OFFERED, PROSE_ONLY, Case

COPIED_NUMBERS = {*range(1, 6), 8, 9, *range(11, 15), *range(28, 31), 37, *range(56, 60), 66, 68, 70, 72, 74}
COPIED_NUMBERS |= {81, 82, 83, *range(93, 101)}
OFFERED_NUMBERS = {20, 21, 22, 27, 32, 49, 65}
EITHER = {41, 51, 69, 80}
TABLES = (test_statements, test_time_and_comparison, test_shares_and_ranks, test_lists_and_activities)


def ways_of(number: int) -> set[str]:
    if number in EITHER:
        return {COMPUTED, COPIED}
    if number == 15:
        return {PROSE_ONLY}
    return {COPIED} if number in COPIED_NUMBERS else {OFFERED} if number in OFFERED_NUMBERS else {COMPUTED}


def test_every_pattern_has_its_example() -> None:
    cases: list[Case] = list(chain.from_iterable(table.CASES for table in TABLES))
    assert [case.number for case in cases] == sorted(case.number for case in cases)
    found = {number: {case.way for case in cases if case.number == number} for number in range(1, 101)}
    assert found == {number: ways_of(number) for number in range(1, 101)}
