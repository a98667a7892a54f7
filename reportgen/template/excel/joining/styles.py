"""The formats of one workbook added to those of another (ECMA-376-1 §18.8)."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

Element = etree._Element
_FIRST_OWN_FORMAT = 164  # number formats below are built in
# The children of a style sheet in the order that the schema wants (CT_Stylesheet).
_ORDER = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors",
    "extLst",
)  # fmt: skip
_LISTS = {"fontId": "fonts", "fillId": "fills", "borderId": "borders"}


@dataclass(frozen=True, slots=True)
class Renumbered:
    """The numbers that the donor's cell formats and conditional formats bear in the host."""

    cells: Mapping[int, int]
    conditional: Mapping[int, int]


def add_formats(host: Element, donor: Element) -> Renumbered:
    """Adds every format of `donor` to `host`. A named style that the host has too is the host's."""
    numbers = _add_number_formats(host, donor)
    offsets = {key: _append_all(host, donor, name)[0] for key, name in _LISTS.items()}
    named = _add_named_styles(host, donor, offsets, numbers)
    first, formats = _append_all(host, donor, "cellXfs")
    for entry in formats:
        _renumber(entry, offsets, numbers)
        entry.set("xfId", str(named.get(int(entry.get("xfId") or 0), 0)))
    conditional, differences = _append_all(host, donor, "dxfs")
    return Renumbered(
        {number: first + number for number in range(len(formats))},
        {number: conditional + number for number in range(len(differences))},
    )


def _add_number_formats(host: Element, donor: Element) -> dict[int, int]:
    """Own number formats: those that read alike are one."""
    known = {e.get("formatCode"): int(e.get("numFmtId") or 0) for e in host.iterfind("{*}numFmts/{*}numFmt")}
    free = max((_FIRST_OWN_FORMAT - 1, *known.values())) + 1
    found: dict[int, int] = {}
    for element in donor.iterfind("{*}numFmts/{*}numFmt"):
        code = element.get("formatCode")
        if code not in known:
            entry = etree.SubElement(_list(host, "numFmts"), element.tag)
            entry.set("numFmtId", str(free))
            entry.set("formatCode", code or "")
            known[code] = free
            free += 1
        found[int(element.get("numFmtId") or 0)] = known[code]
    _count(host, "numFmts")
    return found


def _add_named_styles(
    host: Element, donor: Element, offsets: Mapping[str, int], numbers: Mapping[int, int]
) -> dict[int, int]:
    """Donor's number of a named style's format → the host's."""
    known = {e.get("name"): int(e.get("xfId") or 0) for e in host.iterfind("{*}cellStyles/{*}cellStyle")}
    formats = donor.findall("{*}cellStyleXfs/{*}xf")
    found: dict[int, int] = {}
    for element in donor.iterfind("{*}cellStyles/{*}cellStyle"):
        name, number = element.get("name"), int(element.get("xfId") or 0)
        if name not in known and number < len(formats):
            container = _list(host, "cellStyleXfs")
            entry = deepcopy(formats[number])
            _renumber(entry, offsets, numbers)
            container.append(entry)
            known[name] = len(container) - 1
            style = deepcopy(element)
            style.set("xfId", str(known[name]))
            _list(host, "cellStyles").append(style)
        found[number] = known.get(name, 0)
    _count(host, "cellStyleXfs")
    _count(host, "cellStyles")
    return found


def _renumber(entry: Element, offsets: Mapping[str, int], numbers: Mapping[int, int]) -> None:
    for key, offset in offsets.items():
        if entry.get(key) is not None:
            entry.set(key, str(offset + int(entry.get(key) or 0)))
    number = int(entry.get("numFmtId") or 0)
    if number in numbers:
        entry.set("numFmtId", str(numbers[number]))


def _append_all(host: Element, donor: Element, name: str) -> tuple[int, list[Element]]:
    """Copies of the entries of a donor's list, put behind the host's own; the first one's number."""
    entries = donor.findall(f"{{*}}{name}/{{*}}*")
    if not entries:
        return 0, []
    container = _list(host, name)
    first = len(container)
    for entry in entries:
        container.append(deepcopy(entry))
    _count(host, name)
    return first, list(container)[first:]


def _list(host: Element, name: str) -> Element:
    """The host's list of that name, made where the schema wants it when it is missing."""
    found = host.find(f"{{*}}{name}")
    if found is not None:
        return found
    later = _ORDER[_ORDER.index(name) + 1 :]
    position = next(
        (index for index, child in enumerate(host) if etree.QName(child).localname in later),
        len(host),
    )
    made = host.makeelement(f"{{{etree.QName(host).namespace}}}{name}", {}, None)
    host.insert(position, made)
    return made


def _count(host: Element, name: str) -> None:
    container = host.find(f"{{*}}{name}")
    if container is not None:
        container.set("count", str(len(container)))
