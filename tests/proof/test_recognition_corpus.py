"""The recogniser on phrases of official prose, with and without numbers that want a source."""

import pytest
from number_corpus import Judgement, judge, phrases

# Phrases of another hand that may be wrong, of its 100 with numbers and of its 100 without.
MOST_MISSES = 2
MOST_FALSE_ALARMS = 2


def wrong(name: str) -> list[Judgement]:
    judged = [judge(phrase) for phrase in phrases(name)]
    return [j for j in judged if j.missed or j.false or j.bounds]


def test_own_corpus_is_large_enough() -> None:
    own = phrases("own.txt")
    assert sum(bool(p.marks) for p in own) >= 200
    assert sum(not p.marks for p in own) >= 200


def test_own_corpus_is_read_exactly() -> None:
    assert [str(j) for j in wrong("own.txt")] == []


@pytest.mark.parametrize("kind", ["misses", "false alarms"])
def test_corpus_of_another_hand(kind: str) -> None:
    judged = wrong("other_hand.txt")
    misses = [str(j) for j in judged if j.missed]
    alarms = [str(j) for j in judged if j.false]
    if kind == "misses":
        assert len(misses) <= MOST_MISSES, "\n".join(misses)
    else:
        assert len(alarms) <= MOST_FALSE_ALARMS, "\n".join(alarms)
