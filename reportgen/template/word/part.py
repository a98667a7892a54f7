"""One part of a .docx on its way to a program: its tags joined, its blocks arranged, its structure kept valid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lxml import etree

from reportgen.diagnostics import Diagnostic, Place
from reportgen.template.engine.types import Item
from reportgen.template.suspicion import has_braces
from reportgen.template.syntax import may_hold_tags
from reportgen.template.word.additions.notes import NoteKind
from reportgen.template.word.additions.numbering import Lists
from reportgen.template.word.blocks import Fence, Lifter
from reportgen.template.word.frames import frame_alone
from reportgen.template.word.marks import Joiner, Marks
from reportgen.template.word.ooxml import Element, w, with_prefix
from reportgen.template.word.printing import Printer, RunSite
from reportgen.template.word.reading.lines import straighten
from reportgen.template.word.reading.rooms import Rooms
from reportgen.template.word.reading.sources import Source
from reportgen.template.word.repeated.boxes import Box, capture_boxes, twin_boxes
from reportgen.template.word.repeated.ids import FirstIds, renew_ids
from reportgen.template.word.repeated.links import ADDRESS, point_links
from reportgen.template.word.repeated.lists import restart_lists
from reportgen.template.word.repeated.notes import move_notes, moved_notes
from reportgen.template.word.repeated.ranges import widen_ranges
from reportgen.template.word.structure.cells import CellTag, apply_cell_tags, take_cell_tags
from reportgen.template.word.structure.controls import keep_printed
from reportgen.template.word.structure.endings import end_with_paragraphs
from reportgen.template.word.structure.tables import capture_tables, elastic, guard_tables, hold_back

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the parts of one document share: its file's name, first ids, lists and rooms."""

    file: str
    first: FirstIds
    lists: Lists
    rooms: Rooms


class Part:
    """A part with tags, or one that belongs to such a part. `changed` is False while it can be copied as it is."""

    def __init__(self, source: Source, shared: Surroundings, printer: Printer) -> None:
        self.source, self._shared = source, shared
        self.root = with_prefix(source.root) if source.has_paragraphs else source.root
        self.faults: list[Diagnostic] = []
        self.texts: list[tuple[str, Place]] = []
        self.marks = Marks(source.source, source.name)
        self.changed = False
        self.fences: tuple[Fence, ...] = ()
        self._is_valid = False
        self._cells: list[CellTag] = []
        self._boxes: list[Box] = []
        self._lifter = Lifter(self.marks, self.faults)
        self._printer = replace(printer, spaces=self.root.nsmap, part=source.name, rank=source.rank)
        self._places = replace(source, root=self.root).places(shared.file)
        self._join()
        # Let go last of all: lxml looks through what is cut off a tree for every element of it that is let go before.
        self._captured: list[Element] = []

    def _join(self) -> None:
        text = self.source.source.decode("utf-8", "replace")
        if not (has_braces(text) or may_hold_tags(text) or self.source.links):
            return
        straighten(self.root)
        self._boxes = twin_boxes(self.root)
        joiner = Joiner(self.marks, self._printer, self._places, self.faults)
        self.changed = joiner.join(self.root)
        if self.source.links:
            links, of = self.source.links, self._places.of
            point_links(self.root, self.marks, links, lambda text, at: joiner.join_text(text, of(at), ADDRESS))
            self.changed = True
        self.texts = joiner.texts
        if self.source.has_paragraphs:
            self._cells = take_cell_tags(self.root, self.marks, self.faults)
            self.fences = self._lifter.lift(self.root)
            self.fences += tuple(apply_cell_tags(self._cells, self.marks, self.fences, self.faults))

    def takes(self, notes: Part, kind: NoteKind) -> None:
        """Moves the notes of another part that this one repeats, or that hold tags, into this one."""
        if self.faults or notes.faults:
            return
        moved = moved_notes(self.root, self.marks, self.fences, notes.root, notes.marks, kind)
        if not moved:
            return
        repeated = [node for item in moved if item.is_repeated for node in item.note.iter(etree.Element)]
        notes.keep_valid(repeated)
        move_notes(moved, self.marks, notes.marks, notes.root.nsmap)
        self.changed = notes.changed = True

    def keep_valid(self, repeated: Sequence[Element] = ()) -> None:
        """What must hold whatever the blocks print; once for every part."""
        if self.faults or not self.source.has_paragraphs or self._is_valid:
            return
        self._is_valid = True
        root, marks, fences, spaces = self.root, self.marks, self.fences, self.root.nsmap
        for node in marks.nodes(root):
            if isinstance(site := marks[node].site, RunSite):
                site.room = self._shared.rooms.at(node)
        keep_printed(root, marks)
        widen_ranges(root, fences)
        renew_ids(root, marks, fences, self._shared.first, repeated)
        restart_lists(root, marks, fences, self._shared.lists)
        end_with_paragraphs(root, marks, self._lifter, fences)
        spanned = [tag.cell for tag in self._cells if tag.spot.tag.word in ("colspan", "hm")]
        tables = elastic(root, marks, [*spanned, *(row[0] for row in self._lifter.thinned if len(row))])
        guard_tables(root, marks, fences, tables)
        frame_alone(root, marks, self._lifter, spaces)
        capture_boxes(self._boxes, marks, spaces)
        capture_tables(tables, marks, spaces)
        self._captured = tables

    def items(self) -> tuple[Item, ...]:
        """The part as items of a program."""
        return hold_back(self.marks.items(_DECLARATION + etree.tostring(self.root, encoding="unicode")))

    def note_ids(self, kind: NoteKind) -> set[int]:
        """The ids of the notes that stay in the part."""
        found = (note.get(w("id"), "") for note in self.root.iter(kind.element))
        return {int(text) for text in found if text.lstrip("-").isdecimal()}
