"""Footnotes, endnotes and comments that the text repeats, or whose tags see what the text around them sees: they are
printed where they are referred to, each time with an id of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from reportgen.template.engine.run import Run
from reportgen.template.engine.types import Captured
from reportgen.template.fragments import Fragment
from reportgen.template.word.additions.notes import NoteKind, notes_of
from reportgen.template.word.blocks import Fence
from reportgen.template.word.marks import Mark, Marks
from reportgen.template.word.ooxml import Element, fragment, remove, w
from reportgen.template.word.repeated.ids import Same
from reportgen.template.word.structure.levels import loops, within

_ID = w("id")


@dataclass(frozen=True, slots=True)
class Moved:
    """A note that moves into the program of the text: what refers to it, in reading order, and the note itself."""

    references: tuple[Element, ...]
    note: Element
    is_repeated: bool


@dataclass(frozen=True, slots=True)
class _Note:
    """Prints the id of a note and hands the note on. `opening` is its start tag up to the id; `key` keeps the id for
    the other references to it."""

    part: str
    wanted: int
    opening: str
    name: str
    key: object

    def emit(self, value: object, run: Run) -> str:
        assert isinstance(value, Fragment)
        notes = notes_of(run.state, self.part)
        number = notes.number(self.wanted)
        run.state[self.key] = number
        notes.add(f'{self.opening} w:id="{number}">{value.print(run)}</{self.name}>')
        return str(number)


def moved_notes(
    text: Element, marks: Marks, fences: Sequence[Fence], notes: Element, own: Marks, kind: NoteKind
) -> list[Moved]:
    """The notes of one part that are repeated by the text or hold tags."""
    references: dict[str, list[Element]] = {}
    for node in text.iter(*kind.references):
        references.setdefault(node.get(_ID, ""), []).append(node)
    repeated = {node for fence in loops(marks, fences) for node in within(fence)}
    found = []
    for note in notes.findall(kind.element):
        named = tuple(references.get(note.get(_ID, ""), ()))
        in_loop = any(node in repeated for node in named)
        if named and (in_loop or next(own.nodes(note), None) is not None):
            found.append(Moved(named, note, in_loop))
    return found


def move_notes(moved: Iterable[Moved], marks: Marks, own: Marks, spaces: Mapping[str | None, str]) -> None:
    """Takes the notes out of their part, which is otherwise ready, and into the text."""
    for item in moved:
        note, first = item.note, item.references[0]
        old, key = note.get(_ID, ""), object()
        items = tuple(piece for child in note for piece in own.items(fragment(child, spaces)))
        opening, name = _start_tag(note, spaces)
        site = _Note(own.part, int(old) if old.lstrip("-").isdecimal() else 0, opening, name, key)
        first.set(_ID, marks.token(Mark(captured=Captured(items, site))))
        for other in item.references[1:]:
            other.set(_ID, marks.token(Mark(site=Same(key, old))))
        remove(note)


def _start_tag(note: Element, spaces: Mapping[str | None, str]) -> tuple[str, str]:
    """The start tag of a note without its id and its end, all prefixes declared, and its name."""
    shell = etree.Element(note.tag, nsmap=dict(spaces))  # type: ignore[arg-type]
    for name, value in note.attrib.items():
        if name != _ID:
            shell.set(name, value)
    text = etree.tostring(shell, encoding="unicode").removesuffix("/>")
    return text, text[1:].split(None, 1)[0]
