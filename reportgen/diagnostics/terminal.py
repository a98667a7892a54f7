"""Diagnostics as people read them on a screen: sorted, repeats of one fault grouped, counts at the end."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from rich.text import Text

from reportgen.diagnostics.types import Diagnostic, Place, Severity

SHOWN_REPEATS = 10
_LISTED_CELLS = 12
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTICE: "cyan"}


def ordered(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """By file, sheet, row and column; what stands at one place keeps the order in which it was found.

    Sheets come in the order in which they are first met: the stages give it as that of the tabs.
    """
    items = list(diagnostics)
    ranks = {sheet: rank for rank, sheet in enumerate(dict.fromkeys(_sheet(item.place) for item in items))}
    return sorted(items, key=lambda item: _position(item.place, ranks))


def _sheet(place: Place) -> tuple[str, str]:
    return place.file or "", place.sheet or ""


def _position(place: Place, ranks: Mapping[tuple[str, str], int]) -> tuple[str, int, int, str, int, int, str]:
    cell = place.cell or ""
    row, paragraph = place.row or 0, place.paragraph or 0
    return place.file or "", ranks[_sheet(place)], row, place.part or "", paragraph, len(cell), cell


def screen_lines(diagnostics: Iterable[Diagnostic]) -> Iterator[Text]:
    """The lines to print, styled; without the styles they are what a pipe gets.

    Of one fault in one column (same code, file, sheet, header), or of one tag over many rows of data, ten are printed,
    then one line says how many more.
    """
    in_order = ordered(diagnostics)
    groups: defaultdict[tuple[str | None, ...], list[Diagnostic]] = defaultdict(list)
    for item in in_order:
        groups[_fault(item)].append(item)
    printed: Counter[tuple[str | None, ...]] = Counter()
    for item in in_order:
        fault = _fault(item)
        printed[fault] += 1
        if printed[fault] <= SHOWN_REPEATS:
            yield from _entry(item)
        if printed[fault] == SHOWN_REPEATS and len(groups[fault]) > SHOWN_REPEATS:
            yield _more(groups[fault][SHOWN_REPEATS:])


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """共 1 个错误、2 个警告, or 没有发现问题."""
    counts = Counter(item.severity for item in diagnostics)
    parts = [f"{counts[severity]} 个{severity.label}" for severity in Severity if counts[severity]]
    return f"共 {'、'.join(parts)}。" if parts else "没有发现问题。"


def _fault(item: Diagnostic) -> tuple[str | None, ...]:
    place = item.place
    if place.column is not None:
        return (item.code, place.file, place.sheet, place.column)
    return (item.code, place.file, place.sheet, place.part, (item.related and place.tag) or item.message)


def _entry(item: Diagnostic) -> Iterator[Text]:
    head = Text.assemble((item.severity.label, _STYLES[item.severity]), " ", (item.code, "bold"))
    where = _where(item)
    yield head.append(f"  {where}") if where else head
    yield _indented(item.message)
    if item.suggestion:
        yield _indented(f"建议：{item.suggestion}")
    if item.related:
        yield _indented(f"另见：{'；'.join(place.label() for place in item.related)}")


def _where(item: Diagnostic) -> str:
    """The place; a template's has the words around the tag too, since nobody counts paragraphs."""
    label = item.place.label()
    return f"{label}「{item.text}」" if item.place.part and item.text else label


def _indented(text: str) -> Text:
    return Text("\n".join(f"  {line}" for line in text.splitlines()))


def _more(rest: list[Diagnostic]) -> Text:
    cells = list(dict.fromkeys(where for item in rest if (where := _short(_told_apart(item)))))
    listed = "、".join(cells[:_LISTED_CELLS]) + ("……" if len(cells) > _LISTED_CELLS else "")
    return Text(f"  同样的问题还有 {len(rest)} 处" + (f"：{listed}" if listed else "。"), style="dim")


def _told_apart(item: Diagnostic) -> Place:
    """What tells the repeats of a fault apart: of a tag, the cell that the data came from."""
    return item.related[0] if item.place.tag and item.related else item.place


def _short(place: Place) -> str:
    if place.cell:
        return place.cell
    if place.row:
        return f"第{place.row}行"
    return f"第{place.paragraph}段" if place.paragraph else ""
