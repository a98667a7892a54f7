"""Footnotes, endnotes and comments of one filling: each printed reference has a note of its own."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field

from lxml import etree

from reportgen.template.package import parse, serialise
from reportgen.template.word.ooxml import w


@dataclass(slots=True)
class Notes:
    """The notes printed so far of one part (`name`): id and XML. `base` is the part without them, None when it is to
    be taken as it stands in the package."""

    name: str
    printed: list[str] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)

    def number(self, wanted: int) -> int:
        """The id for a note: its own if it is free, else the next one."""
        number = wanted if wanted not in self.taken and wanted > 0 else max(self.taken, default=0) + 1
        self.taken.add(number)
        return number

    def add(self, xml: str) -> None:
        self.printed.append(xml)

    def complete(self, base: bytes, file: str) -> bytes:
        """`base` with the notes at its end."""
        root = parse(base, self.name, file)
        for xml in self.printed:
            root.append(etree.fromstring(xml))
        return serialise(root)


@dataclass(frozen=True, slots=True)
class NoteKind:
    """One kind of note: its element, the marks in the text that refer to it, the relationship and type of its part."""

    element: str
    references: tuple[str, ...]
    relationship: str
    content_type: str


_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
KINDS: Mapping[str, NoteKind] = {
    kind.content_type: kind
    for kind in (
        NoteKind(w("footnote"), (w("footnoteReference"),), "footnotes", f"{_TYPE}footnotes+xml"),
        NoteKind(w("endnote"), (w("endnoteReference"),), "endnotes", f"{_TYPE}endnotes+xml"),
        NoteKind(
            w("comment"),
            (w("commentRangeStart"), w("commentRangeEnd"), w("commentReference")),
            "comments",
            f"{_TYPE}comments+xml",
        ),
    )
}


def notes_of(state: MutableMapping[object, object], part: str) -> Notes:
    """The notes of one part in a filling."""
    found = state.setdefault((Notes, part), Notes(part))
    assert isinstance(found, Notes)
    return found
