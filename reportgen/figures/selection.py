"""合计 场次 人次 计数 均值 最大 最小: bare figures over chosen rows, each knowing every cell it came from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from reportgen.diagnostics import Code, FaultError
from reportgen.diagnostics.catalogue import figures as faults
from reportgen.figures.clause import Phrase, group, only_figure
from reportgen.figures.comparison import kept, term
from reportgen.figures.numerals import SCALES, trimmed
from reportgen.figures.quantity import Peers, exact, is_rate, own_print, settled, split_measure, written
from reportgen.model.cells import CellRef
from reportgen.model.figure import ARITHMETIC, Figure, Status, Text, merge_sources, plain
from reportgen.model.records import (
    Activity,
    ExtraRow,
    Indicator,
    ListItem,
    Nature,
    PictureRow,
    Quantity,
    Quote,
    Record,
    Unit,
)

# A formula lists its terms up to this many; beyond, the first ones, the last and the count.
_TERMS_SHOWN = 20
FUNCTION_NAMES = frozenset({"合计", "场次", "人次", "计数", "均值", "最大", "最小", "同组"})


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
        "场次": partial(_events, "场次"),
        "人次": partial(_events, "人次"),
        "计数": count,
        "均值": partial(mean, decimals=peers.masthead.decimals),
        "最大": partial(_extreme, "最大"),
        "最小": partial(_extreme, "最小"),
        "同组": partial(_group, peers),
    }


def record_of(item: object) -> object:
    """The record behind a row view; anything else is itself."""
    return getattr(item, "record", item)


def total(rows: Iterable[object]) -> Figure:
    """`合计(rows)`: 指标 rows by 值, 名单 rows by 金额, or figures. 【待核】 when one is blank or 概数.

    Raises F017 for rates, ranks, stocks and ranges, F018 for unlike 量词 or 时期, F019 for other rows.
    """
    records = _rows("合计", rows)
    for row in records:
        if isinstance(row, Indicator):
            _refuse_unsummable("合计", row, row.additive)
    _refuse_mixed("合计", "时期", records, lambda row: row.period)
    items = _items("合计", records)
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


def count(rows: Iterable[object]) -> Figure:
    """`计数(rows)`: how many rows, names or groups; its cells are those that name them."""
    items = list(_iterated("计数", rows))
    cells = merge_sources(name_cells(item) for item in items)
    return Figure(str(len(items)), Decimal(len(items)), cells, formula=f"{len(items)}项", rule="计数")


def name_cells(item: object) -> tuple[CellRef, ...]:
    """The cells that name what is counted or listed: of a row, of all rows of a group, of a figure."""
    record = record_of(item)
    if isinstance(record, (Figure, Text)):
        return figure_cells(record)
    if isinstance(record, tuple) and len(record) == 2 and isinstance(record[1], Iterable):
        return () if isinstance(record[1], str) else merge_sources(name_cells(row) for row in record[1])
    if isinstance(record, (Record, ExtraRow)):
        return (record.origin.cell(_naming_field(record)),)
    return ()


def figure_cells(said: Figure | Text) -> tuple[CellRef, ...]:
    """The cells of a figure, or of all figures of a clause."""
    return said.sources if isinstance(said, Figure) else merge_sources(figure.sources for figure in said.figures)


def _naming_field(record: Record | ExtraRow) -> str:
    if isinstance(record, Unit):
        return "short_name"
    return "name" if isinstance(record, (Indicator, Activity, ListItem)) else "id"


def own_name(record: object) -> str | None:
    """What a row is called in a list; None for what is no row."""
    if isinstance(record, Unit):
        return record.short_name
    if isinstance(record, (Indicator, Activity, ListItem)):
        return record.name
    return record.id if isinstance(record, (Quote, PictureRow)) else None


def as_figure(value: object, name: str) -> Figure | Text:
    """What a filter or function works on: a figure, a clause, an indicator or a plain number. Raises F001 else."""
    value = record_of(value)
    if isinstance(value, Phrase):
        return value()
    if isinstance(value, (Figure, Text)):
        return value
    if isinstance(value, Indicator):
        return own_print(value)
    number = _plain_number(value)
    if number is None:
        raise FaultError(faults.NOT_A_NUMBER, name=name, found="空" if value is None else value)
    return Figure(plain(number), number)


def _plain_number(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal, str)):
        return None
    text = str(value).strip()
    unsigned = text.removeprefix("-").replace(".", "", 1)
    return Decimal(text) if unsigned.isdecimal() and unsigned.isascii() else None


def _group(peers: Peers, name: str, 名称: bool = False) -> Text:  # noqa: N803 (what a template types)
    return group(peers, name, 名称)


def _events(name: str, rows: Iterable[object]) -> Figure:
    """场次 or 人次 of 活动 rows. A blank 人次 is not nothing: 【待核】."""
    items = [_event(name, row) for row in _rows(name, rows)]
    return _bare(items, _sum, "+")


def _event(name: str, row: object) -> _Item:
    if not isinstance(row, Activity):
        raise FaultError(faults.WRONG_ROWS, name=name, wanted="只数“活动”的行", found=_called(row))
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


def _iterated(name: str, rows: object) -> Iterator[object]:
    single = isinstance(rows, (str, Figure, Text, Phrase)) or record_of(rows) is not rows
    if single or not isinstance(rows, Iterable):
        raise FaultError(faults.WRONG_ROWS, name=name, wanted="要一组行", found=_called(record_of(rows)))
    return iter(rows)


def _rows(name: str, rows: object) -> list[object]:
    return [record_of(row) for row in _iterated(name, rows)]


def _called(row: object) -> str:
    return own_name(row) or str(row)


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
        raise FaultError(faults.WRONG_ROWS, name=name, wanted="加的是指标的值或名单的金额", found=_called(row))
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
    formula = _listed([term(number / unit) for number in numbers], sign)
    return Figure(shown.digits, shown.value, cells, shown.measure, formula, "计算")


def _sum(numbers: list[Decimal]) -> Decimal:
    result = Decimal(0)
    for number in numbers:
        result = ARITHMETIC.add(result, number)
    return result


def _listed(terms: list[str], sign: str) -> str:
    if len(terms) <= _TERMS_SHOWN:
        return sign.join(terms)
    return f"{sign.join(terms[: _TERMS_SHOWN - 1])}{sign}…{sign}{terms[-1]}（共{len(terms)}项）"


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
