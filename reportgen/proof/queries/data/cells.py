"""The cells of one row or two that cannot be right together: impossible percentages, 概数 that are none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from reportgen.diagnostics import Diagnostic
from reportgen.diagnostics.catalogue.proof import data as codes
from reportgen.figures import whole_behind
from reportgen.figures.quantity import settled
from reportgen.model.figure import plain
from reportgen.model.records import Indicator, Nature, Quantity, Record
from reportgen.proof.queries.printed import Found, Printed
from reportgen.proof.queries.rounding import impossible_growth, impossible_share, is_counted, told, vague_after_exact

_INDICATOR_FIELDS = ("value", "upper", "baseline", "previous", "target", "whole", "share", "comparison")
_ALL = 100  # 100 % needs no whole: it is the part itself
_ACTIVITY_FIELDS = ("sessions", "attendance")
# What may follow the name of a number in the name of its growth, or of its count: 科技型企业增速, 科技型企业数.
_TAIL = re.compile(r"(?:同比)?(?:增速|增幅|增长率|增长)$|总?数量?$|同比$")


def shares_alone(printed: Printed) -> Found:
    """占比 as reported, without 总体: those that no whole can give (422家占36.67%), and those whose whole is untold."""
    for row in printed.issue.dataset.indicators:
        share = row.share
        if share is None or share.reported or row.whole is not None:
            continue
        part = settled(row) if is_counted(row.measure) else None
        if part is not None and impossible_share(part.value, share.value, _decimals(share)):
            cell, here = row.origin.cell("share"), row.origin.cell("value")
            yield codes.NO_WHOLE_BEHIND_SHARE.at(
                cell.place(), text=cell.text, related=(here.place(),), part=_printed(row), percent=_percent(share)
            )
        elif row.included and row.value is not None and share.value != _ALL:
            yield _unseen(row, share, part)


def _unseen(row: Indicator, share: Quantity, part: Quantity | None) -> Diagnostic:
    """The whole asked for, with the one that the two numbers lead to."""
    whole = whole_behind(part.value, share.value, _decimals(share)) if part is not None else None
    near = f"（按这两个数倒推，约{whole}{row.measure}）" if whole else ""
    advice = f"向报送单位要总数，填在“总体”{near}；要不到的，不用改。"
    words = {"name": row.name, "whole": row.whole_name, "percent": _percent(share), "advice": advice}
    return codes.SHARE_WITHOUT_WHOLE.fill(row.origin.place("whole"), words, text=row.origin.cell("share").text)


def growths(rows: Sequence[Indicator]) -> Iterator[tuple[Indicator, Indicator]]:
    """Each growth with the count, of another row, that it is the growth of."""
    found = [row for row in rows if row.nature is Nature.GROWTH and row.value and not row.value.reported]
    if not found:
        return
    counts = {_matter(row): row for row in rows if row.nature is Nature.COUNT and is_counted(row.measure)}
    yield from ((row, counts[_matter(row)]) for row in found if _matter(row) in counts)


def impossible_growths(printed: Printed) -> Found:
    """A count and, in another row, its growth: 347家, 增长86.23%."""
    for row, counted in growths(printed.issue.dataset.indicators):
        now = settled(counted)
        if now is None or row.value is None:
            continue
        if impossible_growth(now.value, row.value.value, _decimals(row.value)):
            place, other = row.origin.place("value"), counted.origin.place("value")
            words = {
                "part": f"{counted.name}{_printed(counted)}",
                "change": "下降" if row.value.value < 0 else "增长",
                "percent": _percent(row.value, absolute=True),
            }
            text = row.origin.cell("value").text
            yield codes.NO_BASE_BEHIND_GROWTH.fill(place, words, text=text, related=(other,))


def _matter(row: Indicator) -> tuple[str, str, str]:
    return row.unit, _TAIL.sub("", row.name), row.period


def _printed(row: Indicator) -> str:
    assert row.value is not None
    return f"{plain(row.value.value)}{row.measure}"


def _percent(quantity: Quantity, absolute: bool = False) -> str:
    number = abs(quantity.value) if absolute else quantity.value
    return f"{number:.{_decimals(quantity)}f}%"


def _decimals(quantity: Quantity) -> int:
    return max(quantity.decimals, len(plain(quantity.value).partition(".")[2]))


def vague_numbers(printed: Printed) -> Found:
    """概数 as reported whose number is not round: 263多亿."""
    data = printed.issue.dataset
    yield from _vague(data.indicators, _INDICATOR_FIELDS)
    yield from _vague(data.activities, _ACTIVITY_FIELDS)


def _vague(rows: Iterable[Record], fields: tuple[str, ...]) -> Found:
    for row, field, quantity in _reported(rows, fields):
        for vague in vague_after_exact(quantity.reported):
            yield told(vague, row.origin.place(field), quantity.reported)


def _reported(rows: Iterable[Record], fields: tuple[str, ...]) -> Iterator[tuple[Record, str, Quantity]]:
    for row in rows:
        for field in fields:
            quantity = getattr(row, field)
            if isinstance(quantity, Quantity) and quantity.reported:
                yield row, field, quantity
