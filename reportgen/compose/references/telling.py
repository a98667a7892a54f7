"""The faults of prose as they are told: a sheet that is not there once, not every name that was looked for in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from reportgen.compose.references.sheets import Sheets
from reportgen.compose.references.tags import is_called, names_in, unknown_name
from reportgen.diagnostics import Diagnostic, Place, nearest
from reportgen.diagnostics.catalogue import compose as codes
from reportgen.diagnostics.catalogue.template import FAILED, NOT_A_LIST, UNKNOWN_ATTRIBUTE, UNKNOWN_NAME
from reportgen.model.cells import CellRef
from reportgen.model.records import Dataset

# What only templates have (templates.md, “What a template sees”); a row may not take one of these names either.
TEMPLATE_NAMES = frozenset(
    {"刊期", "稿件", "稿", "附件", "核数", "疑点", "覆盖", "覆盖板块", "loop", "样式", "加粗", "插入"}
)
# From this many names that nobody knows on, the reason is a sheet that was not read.
_MANY = 3
_MOST_RELATED = 3
# What goes wrong in a tag because a row that it names is not there.
_OF_VALUES = frozenset({FAILED.code, NOT_A_LIST.code, UNKNOWN_ATTRIBUTE.code})


@dataclass(slots=True)
class _Sorted:
    """Unknown names: those that are wrong, those of a sheet without rows, and those of which one cannot say."""

    wrong: list[Diagnostic] = field(default_factory=list)
    lost: dict[str, list[Diagnostic]] = field(default_factory=lambda: defaultdict(list))
    open: list[Diagnostic] = field(default_factory=list)


def told(dataset: Dataset, faults: Sequence[Diagnostic], named: Mapping[str, CellRef]) -> list[Diagnostic]:
    """The faults of prose without those that follow from a sheet that is not there, which is told once; while sheets
    are not read in full, with a notice of the names that could not be looked up. `named`: name → a cell that reads it.
    """
    if dataset.absent.isdisjoint(named) and not dataset.unread and all(f.code != UNKNOWN_NAME.code for f in faults):
        return list(faults)
    sheets = Sheets.of(dataset)
    found = _sorted_out(_once(fault for fault in faults if fault.code == UNKNOWN_NAME.code), sheets)
    missing = [_missing(dataset, sheet, lost) for sheet, lost in found.lost.items() if sheet not in sheets.unread]
    for sheet in sorted((dataset.absent & named.keys()) - sheets.unread - found.lost.keys()):
        missing.append(_absent(dataset, sheet, named[sheet]))
    waiting = [*found.open, *(fault for sheet in sheets.unread for fault in found.lost.get(sheet, ()))]
    gone = sheets.unread | found.lost.keys() | (dataset.absent & named.keys())
    unfound = [*waiting, *chain.from_iterable(found.lost.values())]
    unsure = Sheets.words(gone) | {unknown_name(fault) for fault in unfound}
    others = [fault for fault in faults if fault.code != UNKNOWN_NAME.code and not _follows(fault, unsure)]
    return [*missing, *found.wrong, *others, *_later(dataset, sheets.unread, waiting)]


def _once(faults: Iterable[Diagnostic]) -> list[Diagnostic]:
    """One fault for a name that a cell holds several times."""
    found: dict[tuple[str | None, str | None, str], Diagnostic] = {}
    for fault in faults:
        found.setdefault((fault.place.sheet, fault.place.cell, unknown_name(fault)), fault)
    return list(found.values())


def _sorted_out(faults: Iterable[Diagnostic], sheets: Sheets) -> _Sorted:
    found = _Sorted()
    for fault in faults:
        name = unknown_name(fault)
        owner = sheets.owner(name)
        if wrong := _only_in_templates(name, fault):
            found.wrong.append(wrong)
        elif owner == "" or (owner is None and is_called(name, fault)):
            found.wrong.append(fault)
        elif owner is not None:
            found.lost[owner].append(fault)
        else:
            found.open.append(fault)
    if not sheets.unread:
        unread = [sheet for sheet in ("指标", "活动") if sheet in sheets.empty]
        of = found.lost[unread[0]] if unread and len(found.open) >= _MANY else found.wrong
        of += found.open
        found.open = []
    return found


def _only_in_templates(name: str, fault: Diagnostic) -> Diagnostic | None:
    """The fault of a name that only templates have, or of one that is nearly such a name and like no other."""
    what = f"“{name}”"
    if name not in TEMPLATE_NAMES:
        near = nearest(name, TEMPLATE_NAMES, 1) if "相近" not in fault.message else ()
        if not near or len(name) < len(near[0]):
            return None
        what += f"（相近的是“{near[0]}”）"
    return codes.ONLY_IN_TEMPLATES.at(fault.place, text=fault.text, what=what)


def _missing(dataset: Dataset, sheet: str, lost: Sequence[Diagnostic]) -> Diagnostic:
    first = f"“{(lost[0].place.tag or '').strip('{}｛｝ ')}”"
    what = first if len(lost) == 1 else f"{first}等 {len(lost)} 处都"
    return _unread(dataset, sheet, what, tuple(fault.place for fault in lost[:_MOST_RELATED]))


def _absent(dataset: Dataset, sheet: str, cell: CellRef) -> Diagnostic:
    return _unread(dataset, sheet, f"“{sheet}”", (cell.place(),))


def _unread(dataset: Dataset, sheet: str, what: str, related: tuple[Place, ...]) -> Diagnostic:
    if sheet in dataset.absent:
        why, cure = f"工作簿里没有“{sheet}”表", f"补上“{sheet}”表；表名改过的，改回“{sheet}”。"
    else:
        why, cure = f"“{sheet}”表没有读到一行数据", "看这张表的名字对不对、有没有被隐藏、表头改没改。"
    place = Place(file=dataset.file, sheet=sheet)
    return codes.SHEET_UNREAD.at(place, related=related, what=what, why=why, cure=cure)


def _follows(fault: Diagnostic, unsure: frozenset[str]) -> bool:
    """True for a fault of values in a tag that names what is not there."""
    return (fault.code[0] in "FC" or fault.code in _OF_VALUES) and not unsure.isdisjoint(names_in(fault.place.tag))


def _later(dataset: Dataset, unread: frozenset[str], waiting: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    if waiting:
        names = list(dict.fromkeys(unknown_name(fault) for fault in waiting))
        what = f"“{names[0]}”" if len(names) == 1 else f"“{names[0]}”等 {len(names)} 个名字"
        of = "、".join(f"“{sheet}”" for sheet in sorted(unread))
        yield codes.LOOKED_UP_LATER.at(Place(file=dataset.file), what=what, sheets=of)
