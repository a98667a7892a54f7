"""均超额完成 and 首个: what is claimed of rows, refused in words while the sheet does not bear it out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reportgen.diagnostics import FaultError, Place
from reportgen.diagnostics.catalogue import claims
from reportgen.diagnostics.catalogue import figures as faults
from reportgen.figures.operands import called, items_of, record_of, wrong
from reportgen.figures.quantity import Peers
from reportgen.figures.standing import completion
from reportgen.model.figure import Figure, Status, merge_sources
from reportgen.model.records import ExtraRow, Indicator, Record

_YES = ("是", "√", "✓", "Y", "y", "1")
_FIRST = "首个"


def all_above(peers: Peers, rows: Iterable[object]) -> Figure:
    """`均超额完成(rows)`: 均超额完成, of one row 超额完成; its cells are every 值 and 目标. 【待核】 while one is open.

    Raises F010 for a row without 目标, F019 for what is no row of 指标, F020 for none, F033 naming who is not above.
    """
    name = "均超额完成"
    records = [_indicator(row, name) for row in items_of(rows, name, "要一组指标行")]
    if not records:
        raise FaultError(faults.NO_ROWS, name=name)
    rates = [completion(row, peers) for row in records]
    short = [(row, rate) for row, rate in zip(records, rates, strict=True) if rate.value is not None and rate <= 100]
    if short:
        names = "、".join(f"{row.unit}{row.name}（{rate}）" for row, rate in short)
        places = tuple(cell.place() for _, rate in short for cell in rate.sources)
        raise FaultError(claims.NOT_ALL_ABOVE, related=places, names=names)
    cells = merge_sources(rate.sources for rate in rates)
    known = [rate.value for rate in rates if rate.value is not None]
    if len(known) < len(rates):
        return Figure("【待核】", None, cells, rule="待核", status=Status.PENDING)
    formula = "、".join(rate.formula for rate in rates)
    return Figure(name if len(rates) > 1 else name[1:], min(known), cells, formula=formula, rule="读法")


def _indicator(row: object, name: str) -> Indicator:
    record = record_of(row)
    if not isinstance(record, Indicator):
        raise wrong(faults.WRONG_ROWS, row, name=name, wanted="要一组指标行")
    return record


def first_of_all(row: object, word: str = "") -> str:
    """`首个(row)`: 首个, or 首批, 首张 as its 首次 says or as asked, for a row of any sheet whose 依据 is filled in.

    Raises F019 for what is no row, F035 naming what is missing.
    """
    record = record_of(row)
    if not isinstance(row, Mapping) or not isinstance(record, (Record, ExtraRow)):
        raise wrong(faults.WRONG_ROWS, row, name=_FIRST, wanted="要一行，如 名单[0]")
    said = str(row.get("首次") or "").strip()
    told = word or (said if said.startswith("首") else _FIRST)
    if said not in _YES and not said.startswith("首"):
        raise _not_a_first(record, row, told, "“首次”没有填“是”")
    if not str(row.get("依据") or "").strip():
        raise _not_a_first(record, row, told, "没有填“依据”")
    return told


def _not_a_first(record: Record | ExtraRow, row: object, word: str, reason: str) -> FaultError:
    origin = record.origin
    place = Place(file=origin.layout.file, sheet=origin.layout.sheet, row=origin.row)
    return FaultError(claims.NOT_A_FIRST, related=(place,), item=called(row), word=word, reason=reason)
