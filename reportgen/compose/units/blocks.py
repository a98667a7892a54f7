"""逐单位: the paragraphs of each unit within a 板块, in official order, none forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportgen.compose.paragraphs import Paragraphs
from reportgen.compose.rows import RowViews
from reportgen.compose.units.writer import UnitWriter
from reportgen.diagnostics import Diagnostic
from reportgen.diagnostics.catalogue import compose as codes
from reportgen.figures import Peers
from reportgen.model.figure import Figure, Status, Text
from reportgen.model.issue import Paragraph, UnitBlock
from reportgen.model.records import Activity, ContentRow, Indicator, SectionRow, Unit


def official_order(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """By 排序, rows without one after those that have it, in row order."""
    return tuple(sorted(units, key=lambda unit: (unit.order is None, unit.order or 0)))


@dataclass(frozen=True, slots=True)
class SectionRows:
    """The rows that belong to one 板块."""

    section: SectionRow
    units: tuple[Unit, ...]
    contents: tuple[ContentRow, ...]
    activities: tuple[Activity, ...]
    indicators: tuple[Indicator, ...]


def _unnamed(unit: Unit, contents: Sequence[ContentRow], paragraphs: Sequence[Paragraph]) -> Iterator[Diagnostic]:
    """A unit's prose in which none of its names stands: the row is probably another unit's."""
    names = [name for name in (unit.short_name, unit.full_name, *unit.aliases) if name]
    text = "".join(str(paragraph.text) for paragraph in paragraphs)
    if text and not any(name in text for name in names):
        yield codes.UNIT_NOT_NAMED.at(contents[0].origin.place("unit"), text=contents[0].unit, unit=unit.short_name)


def _unlisted(given: SectionRows, names: set[str]) -> Iterator[Unit]:
    """Units that stand for themselves, since there is no sheet of units: in the order of 单位范围 or of the rows."""
    ordered = dict.fromkeys([*given.section.unit_scope, *(row.unit for row in given.contents)])
    return (Unit(origin=given.section.origin, short_name=name) for name in ordered if name in names)


@dataclass(frozen=True, slots=True)
class UnitBlocks:
    """Writes the unit blocks of 板块 for one Dataset."""

    rows: RowViews
    paragraphs: Paragraphs
    peers: Peers

    def blocks(self, given: SectionRows, faults: list[Diagnostic]) -> tuple[UnitBlock, ...]:
        """One block per unit of 单位范围, or per unit that has a 单位段 when that is blank; faults are appended."""
        units = self._units(given, faults)
        writer = UnitWriter(self.paragraphs, self.peers)
        return tuple(self._block(unit, given, writer, faults) for unit in units)

    def _units(self, given: SectionRows, faults: list[Diagnostic]) -> tuple[Unit, ...]:
        written = {row.unit for row in given.contents if row.unit}
        scope = set(given.section.unit_scope)
        if scope:
            faults.extend(
                codes.UNIT_OUT_OF_SCOPE.at(
                    row.origin.place("unit"), text=row.unit, section=given.section.id, unit=row.unit
                )
                for row in given.contents
                if row.unit not in scope
            )
        wanted = scope or written
        listed = [unit for unit in official_order(given.units) if unit.short_name in wanted]
        return (*listed, *_unlisted(given, wanted - {unit.short_name for unit in listed}))

    def _block(self, unit: Unit, given: SectionRows, writer: UnitWriter, faults: list[Diagnostic]) -> UnitBlock:
        name = unit.short_name
        contents = [row for row in given.contents if row.unit == name]
        activities = [row for row in given.activities if row.unit == name]
        indicators = [row for row in given.indicators if row.unit == name]
        paragraphs = tuple(p for row in contents for p in self.paragraphs.of_content(row))
        faults.extend(_unnamed(unit, contents, paragraphs))
        if paragraphs:
            writer.heard(unit, paragraphs[0].text)
        elif not contents and (text := writer.paragraph(unit, activities, indicators)):
            paragraphs = (self.paragraphs.written(text, name),)
        if not paragraphs and not contents:
            place = given.section.origin.place("unit_scope")
            faults.append(codes.UNIT_WITHOUT_CONTENT.at(place, section=given.section.id, unit=name))
            blank = Figure(f"【待填：{name}】", None, rule="待填", status=Status.PENDING)
            paragraphs = (Paragraph(Text.of(blank), unit=name),)
        return UnitBlock(
            unit=self.rows.view(unit),
            paragraphs=paragraphs,
            indicators=tuple(self.rows.view(row) for row in indicators),
            activities=tuple(self.rows.view(row) for row in activities),
        )
