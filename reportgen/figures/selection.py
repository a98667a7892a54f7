"""合计 场次 人次 计数 均值 最大 最小: bare figures over chosen rows, each knowing every cell it came from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from reportgen.diagnostics import Code, FaultError
from reportgen.diagnostics.catalogue import claims
from reportgen.diagnostics.catalogue import figures as faults
from reportgen.figures.claims import all_above, first_of_all
from reportgen.figures.clause import group, linked, only_figure
from reportgen.figures.comparison import kept, term
from reportgen.figures.numerals import trimmed
from reportgen.figures.operands import as_figure, called, items_of, name_cells, record_of, wrong
from reportgen.figures.quantity import Peers, exact, is_rate, settled, written
from reportgen.model.cells import CellRef
from reportgen.model.figure import ARITHMETIC, SCALES, Figure, Status, Text, listed, merge_sources, split_measure
from reportgen.model.records import Activity, Indicator, ListItem, Nature, Quantity, Record, When

_ROWS = "要一组行"
_YEAR = re.compile(r"(?:19|20)\d{2}")
FUNCTION_NAMES = frozenset({"合计", "场次", "人次", "计数", "均值", "最大", "最小", "同组", "均超额完成", "首个"})


@dataclass(frozen=True, slots=True)
class _Item:
    """One number to be counted in: exact in the bare 量词 (None when blank or 概数), and the 万 or 亿 it is told in."""

    number: Decimal | None
    cells: tuple[CellRef, ...]
    measure: str = ""
    scale: str = ""


def functions(peers: Peers) -> Mapping[str, Callable[..., object]]:
    """The functions of templates and prose cells by name, with this issue's settings."""
    return {
        "合计": total,
        "场次": sessions,
        "人次": attendance,
        "计数": count,
        "均值": partial(mean, decimals=peers.masthead.decimals),
        "最大": partial(_extreme, "最大"),
        "最小": partial(_extreme, "最小"),
        "同组": partial(_group, peers),
        "均超额完成": partial(all_above, peers),
        "首个": first_of_all,
    }


def total(rows: Iterable[object]) -> Figure:
    """`合计(rows)`: 指标 rows by 值, 名单 rows by 金额, or figures. 【待核】 when one is blank or 概数.

    Raises F017 for rates, ranks, stocks and ranges, F018 for unlike 量词 or 时期, F019 for other rows,
    F020 for no rows.
    """
    records = _rows("合计", rows)
    for row in records:
        if isinstance(row, Indicator):
            _refuse_unsummable("合计", row, row.additive)
    _refuse_mixed("合计", "时期", records, lambda row: row.period)
    items = _items("合计", _any("合计", records))
    return _bare(items, _sum, "+")


def mean(rows: Iterable[object], decimals: int = 1) -> Figure:
    """`均值(rows)`, half up to `decimals`. Raises as `合计`, but takes rates and stocks; F020 for no rows."""
    records = _rows("均值", rows)
    for row in records:
        if isinstance(row, Indicator):
            _refuse_unsummable("均值", row, additive=True, rates=True)
    items = _items("均值", records)
    if not items:
        raise FaultError(faults.NO_ROWS, name="均值")
    result = _bare(items, lambda numbers: ARITHMETIC.divide(_sum(numbers), Decimal(len(numbers))), "+")
    if result.value is None:
        return result
    scale = result.text.lstrip("-.0123456789")
    shown = result.value / SCALES[scale] if scale else result.value
    text, formula = trimmed(shown, decimals) + scale, f"({result.formula})/{len(items)}"
    return replace(result, text=text, formula=formula, rule=kept(decimals))


def count(rows: Iterable[object], 连续: str = "") -> Figure:  # noqa: N803 (what a template types)
    """`计数(rows)`: how many rows, names or groups (blanks are no group); its cells are those that name them.

    `计数(rows, 连续='年份')` counts the years in that column. Raises F027 unless they follow each other without a gap.
    """
    items = [item for item in items_of(rows, "计数", _ROWS) if not _is_nameless(item)]
    if 连续:
        return _consecutive(items, 连续)
    cells = merge_sources(name_cells(item) for item in items)
    return Figure(str(len(items)), Decimal(len(items)), cells, formula=f"{len(items)}项", rule="计数")


def _is_nameless(item: object) -> bool:
    """The rows that 按 puts together because their column is blank: no group that people would count."""
    return isinstance(item, tuple) and len(item) == 2 and item[0] == ""


def _consecutive(items: list[object], column: str) -> Figure:
    if not items:
        raise FaultError(faults.NO_ROWS, name="计数")
    found = [(_year(item, column), _cell_of(item, column)) for item in items]
    places = tuple(cell.place() for _, cells in found for cell in cells)
    years = {year for year, _ in found if year is not None}
    unclear = [called(item) for item, (year, _) in zip(items, found, strict=True) if year is None]
    missing = sorted(set(range(min(years), max(years))) - years) if years else []
    if unclear or missing:
        reason = f"「{unclear[0]}」的“{column}”里没有年份" if unclear else f"中间缺{'、'.join(map(str, missing))}年"
        raise FaultError(claims.NOT_CONSECUTIVE, related=places, reason=reason, column=column)
    cells = merge_sources(cells for _, cells in found)
    span = f"{min(years)}年至{max(years)}年"
    return Figure(str(len(years)), Decimal(len(years)), cells, formula=span, rule="连续计数")


def _year(item: object, column: str) -> int | None:
    value = item.get(column) if isinstance(item, Mapping) else None
    when = record_of(value)
    if isinstance(when, When):
        return when.start.year
    typed = _YEAR.search(str(value))
    return int(typed[0]) if typed else None


def _cell_of(item: object, column: str) -> tuple[CellRef, ...]:
    value = item.get(column) if isinstance(item, Mapping) else None
    return name_cells(value) or name_cells(item)


def _group(peers: Peers, name: str, 名称: bool = False, 链: bool = False) -> Text:  # noqa: N803 (what is typed)
    return linked(peers, name) if 链 else group(peers, name, 名称)


def _events(name: str, rows: Iterable[object]) -> Figure:
    """场次 or 人次 of 活动 rows. A blank 人次 is not nothing: 【待核】. Raises F020 for no rows."""
    items = [_event(name, row) for row in _any(name, _rows(name, rows))]
    return _bare(items, _sum, "+")


def sessions(rows: Iterable[object]) -> Figure:
    """`场次(rows)` of 活动 rows."""
    return _events("场次", rows)


def attendance(rows: Iterable[object]) -> Figure:
    """`人次(rows)` of 活动 rows."""
    return _events("人次", rows)


def _event(name: str, row: object) -> _Item:
    if not isinstance(row, Activity):
        raise wrong(faults.WRONG_ROWS, row, name=name, wanted="只数“活动”的行")
    field, quantity = ("sessions", row.sessions) if name == "场次" else ("attendance", row.attendance)
    return _quantity_item(quantity, row.origin.cell(field), name)


def _extreme(name: str, rows: Iterable[object]) -> Figure:
    """最大 or 最小: the row's own cell first, then all it was compared with."""
    items = _items(name, _rows(name, rows))
    if not items:
        raise FaultError(faults.NO_ROWS, name=name)
    choose = max if name == "最大" else min
    result = _bare(items, choose, "、")
    if result.value is None:
        return result
    chosen = choose(item.number for item in items if item.number is not None)
    first = next(item for item in items if item.number == chosen)
    cells = merge_sources([first.cells, *(item.cells for item in items)])
    return replace(result, sources=cells, formula=f"{name}({result.formula})", rule=name)


def _rows(name: str, rows: object) -> list[object]:
    return [record_of(row) for row in items_of(rows, name, _ROWS)]


def _any(name: str, records: list[object]) -> list[object]:
    """A sum over nothing is most likely a misspelt condition: 0次 would be printed as if it had been reported."""
    if not records:
        raise FaultError(faults.NO_ROWS, name=name)
    return records


def _items(name: str, records: list[object]) -> list[_Item]:
    _refuse_mixed(name, "量词", records, lambda row: row.measure)
    items = [_item(name, row) for row in records]
    measures = sorted({item.measure for item in items if item.measure})
    if len(measures) > 1:
        raise FaultError(faults.MIXED_ROWS, name=name, matter="量词", values="、".join(measures))
    return items


def _item(name: str, row: object) -> _Item:
    if isinstance(row, Indicator):
        cell, quantity = row.origin.cell("value"), settled(row)
        return _quantity_item(quantity, cell, row.measure)
    if isinstance(row, ListItem):
        return _quantity_item(row.amount, row.origin.cell("amount"), "")
    if isinstance(row, Record):
        raise wrong(faults.WRONG_ROWS, row, name=name, wanted="加的是指标的值或名单的金额")
    figure = only_figure(as_figure(row, name), name)
    scale, _ = split_measure(figure.measure)
    number = figure.value if figure.status is Status.EXACT else None
    if number is not None and scale:
        number *= SCALES[scale]
    return _Item(number, figure.sources, figure.measure, scale)


def _quantity_item(quantity: Quantity | None, cell: CellRef, measure: str) -> _Item:
    if quantity is None or quantity.reported:
        return _Item(None, (cell,), measure)
    return _Item(exact(quantity, measure), (cell,), measure, quantity.scale or split_measure(measure)[0])


def _bare(items: list[_Item], compute: Callable[[list[Decimal]], Decimal], sign: str) -> Figure:
    """The result without 量词, told in the 万 or 亿 that all items share."""
    cells = merge_sources(item.cells for item in items)
    numbers = [item.number for item in items if item.number is not None]
    if len(numbers) < len(items):
        return Figure("【待核】", None, cells, rule="待核", status=Status.PENDING)
    measure = next((item.measure for item in items if item.measure), "")
    scales = {item.scale for item in items}
    scale = scales.pop() if len(scales) == 1 else split_measure(measure)[0]
    shown = written(Quantity(compute(numbers), scale), measure)
    unit = SCALES[scale] if scale else Decimal(1)
    formula = listed([term(number / unit) for number in numbers], sign)
    return Figure(shown.digits, shown.value, cells, shown.measure, formula, "计算")


def _sum(numbers: list[Decimal]) -> Decimal:
    result = Decimal(0)
    for number in numbers:
        result = ARITHMETIC.add(result, number)
    return result


def _refuse_unsummable(name: str, row: Indicator, additive: bool, rates: bool = False) -> None:
    reason = None
    if row.nature is Nature.RANK:
        reason = "是名次"
    elif is_rate(row) and not rates:
        reason = f"是{row.nature.value if row.nature is not Nature.COUNT else '比率'}"
    elif row.upper is not None:
        reason = "是起止范围，不是一个数"
    elif not additive:
        reason = "的“可加”填的是“否”"
    if reason:
        _raise_at(faults.NOT_ADDITIVE, [row], indicator=row.name, reason=reason, name=name)


def _refuse_mixed(name: str, matter: str, records: list[object], read: Callable[[Indicator], str]) -> None:
    rows = [row for row in records if isinstance(row, Indicator)]
    values = list(dict.fromkeys(read(row) for row in rows))
    if len(values) > 1:
        shown = "、".join(f"“{value}”" if value else "（空）" for value in values)
        firsts = [next(row for row in rows if read(row) == value) for value in values]
        _raise_at(faults.MIXED_ROWS, firsts, name=name, matter=matter, values=shown)


def _raise_at(code: Code, rows: list[Indicator], **words: object) -> None:
    raise FaultError(code, related=tuple(row.origin.place("value") for row in rows), **words)
