"""How a value becomes runs: escaped text in the formatting of its tag, with styles, highlights and bookmarks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import cast

from reportgen.diagnostics import FaultError, Place
from reportgen.diagnostics.catalogue.template import pictures
from reportgen.template.engine.run import Run
from reportgen.template.engine.types import Site
from reportgen.template.fragments import Fragment, Level
from reportgen.template.values import (
    LINE_BREAK,
    Document,
    Inserted,
    Picture,
    SpanLike,
    escape,
    is_spanned,
    legal,
    merged,
    plain_text,
)
from reportgen.template.word.additions.drawing import Room, drawing, fitted
from reportgen.template.word.additions.store import store_of
from reportgen.template.word.looks import Styles
from reportgen.template.word.ooxml import R_PR, Element, Spaces, fragment

_CLOSE = "</w:t></w:r>"
# Anything but characters that go into a w:t as they are: markup, control characters, line breaks, the ones below.
_special = re.compile(
    "[^ -%'-;=?-~\u00a0-\u00b6\u00b8-\u2013\u2015-\u2017\u201a\u201b\u201e-\u2025\u2027\u202a-\ud7ff\ue000-\ufffd]"
).search
# Word takes the Latin font for these unless the run says that they are Chinese (w:hint, ECMA-376 part 1, 17.3.2.26).
_EAST_ASIAN = re.compile("[“”‘’—…·]")
_PIECES = re.compile(rf"({LINE_BREAK.pattern}|\t)")
_TEXT = '<w:t xml:space="preserve">'


# What is more than a text.
_WHOLE = (Fragment, Picture, Document, Inserted)


@dataclass(frozen=True, slots=True)
class Printer:
    """Makes the sites of a part. `first_bookmark` and `first_drawing`: the first free ids of the document; `spaces`:
    the prefixes that the part's root declares; `part`: its entry name; `rank`: its place among the parts."""

    styles: Styles
    first_bookmark: int
    first_drawing: int
    spaces: Spaces
    part: str
    rank: int = 0

    def in_run(self, run: Element, place: Place) -> RunSite:
        """A site that prints in the formatting of `run`, for a tag at `place`."""
        return RunSite(self, run.find(R_PR), place)


Pieces = tuple[str | Site, ...]  # markup, and what makes markup when it is printed


@dataclass(frozen=True, slots=True)
class Frame:
    """The paragraph around a tag that is alone in it.

    `before` and `after` are its markup on both sides of the tag, `before_picture` with line spacing that does not clip;
    `between` parts it in two; `marks`, the bookmarks on both sides, stay when whole paragraphs take its place.
    """

    before: Pieces
    before_picture: Pieces
    between: Pieces
    after: Pieces
    marks: tuple[Pieces, Pieces] = ((), ())
    is_followed: bool = False  # by a paragraph
    is_needed: bool = False  # a cell wants a paragraph, be it empty


def _fixed(pieces: Pieces) -> str | None:
    """Markup that is always the same; None when something in it is made while it is printed."""
    texts = [piece for piece in pieces if isinstance(piece, str)]
    return "".join(texts) if len(texts) == len(pieces) else None


def printed(pieces: Pieces, run: Run) -> str:
    if len(pieces) == 1 and type(pieces[0]) is str:  # by far the most
        return pieces[0]
    return "".join(piece if isinstance(piece, str) else piece.emit(None, run) for piece in pieces)


# What puts a document in where a tag of a part stands: kept in the state of a run under INSERTER.
Inserter = Callable[[Document | Inserted, str, Run], str]
INSERTER = object()


class RunSite:
    """Prints a value as runs between the runs of a paragraph, or with the whole paragraph when it is alone there."""

    def __init__(self, printer: Printer, properties: Element | None, place: Place) -> None:
        self._printer, self._properties = printer, properties
        self._first, self._stand = printer.first_bookmark, (place, printer.rank)
        self._openings: dict[tuple[str | None, bool, bool], str] = {}
        self._plain = self._opening(None, False, False)
        self._frame: Frame | None = None
        self._around: tuple[str, str] | None = ("", "")  # the markup of the paragraph, where that is fixed
        self._ends: tuple[str, str] | None = (self._plain, _CLOSE)  # what stands around a plain text, likewise
        self.room = Room()

    def stand_alone(self, frame: Frame) -> None:
        """The tag is alone in its paragraph: a line break in a value begins another paragraph like it."""
        self._frame = frame
        before, after = _fixed(frame.before), _fixed(frame.after)
        self._around = None if before is None or after is None else (before, after)
        self._ends = None if before is None or after is None else (before + self._plain, _CLOSE + after)

    def emit(self, value: object, run: Run) -> str:
        if type(value) is int:
            value = str(value)
        if type(value) is str and value and self._ends and _special(value) is None:  # by far the most
            run.check_length(len(value))
            return f"{self._ends[0]}{value}{self._ends[1]}"
        if is_spanned(value) and type(value) is not Fragment:
            spans = value.__spans__()
            if type(spans) is tuple and len(spans) == 1 and (single := self._single(spans[0], run)):
                return single
            inline = self._spans(spans, run)
        elif isinstance(value, _WHOLE):
            return self._whole(value, run)
        else:
            inline = self._inline(value, run)
        if self._around is not None:
            return f"{self._around[0]}{inline}{self._around[1]}"
        assert self._frame is not None, "only a frame has markup that is made while it is printed"
        return f"{printed(self._frame.before, run)}{inline}{printed(self._frame.after, run)}"

    def _single(self, span: SpanLike, run: Run) -> str | None:
        """One stretch that looks as its tag does, with what is around it: nearly all numbers are. None for what is more
        than that."""
        text, source, around = span.text, span.source, self._around
        if around is None or not text or span.style or span.highlight or _special(text):
            return None
        run.check_length(len(text))
        if source is None or not run.trace:
            return f"{around[0]}{self._plain}{text}{_CLOSE}{around[1]}"
        number = run.next_id("bookmark", self._first)
        name = run.printed.add(text, source, self._stand)
        return (
            f'{around[0]}<w:bookmarkStart w:id="{number}" w:name="{name}"/>{self._plain}{text}{_CLOSE}'
            f'<w:bookmarkEnd w:id="{number}"/>{around[1]}'
        )

    def _inline(self, value: object, run: Run) -> str:
        text = plain_text(value)
        if not text:
            return ""
        run.check_length(len(text))
        if _special(text) is None:
            return f"{self._plain}{text}{_CLOSE}"
        return self._text(text, self._opening(None, False, _EAST_ASIAN.search(text) is not None), run)

    def _whole(self, value: Fragment | Picture | Document | Inserted, run: Run) -> str:
        frame = self._frame
        if isinstance(value, Picture):
            picture = self._picture(value, run)
            return (
                picture if frame is None else printed(frame.before_picture, run) + picture + printed(frame.after, run)
            )
        if isinstance(value, Fragment) and value.level is None:
            return (
                "" if frame is None or not frame.is_needed else printed(frame.before, run) + printed(frame.after, run)
            )
        if isinstance(value, Fragment) and value.level is Level.RUNS:
            inline = value.print(run)
            return inline if frame is None else printed(frame.before, run) + inline + printed(frame.after, run)
        if frame is None or (isinstance(value, Fragment) and value.level is not Level.BLOCKS):
            raise FaultError(pictures.NEEDS_PARAGRAPH)
        if isinstance(value, Fragment):
            blocks = value.print(run)
        else:
            insert = cast(Inserter, run.state[INSERTER])
            blocks = insert(value, self._printer.part, run)
        if not blocks and frame.is_needed:
            return printed(frame.before, run) + printed(frame.after, run)
        if blocks.endswith("</w:tbl>") and not frame.is_followed:  # by the end of a cell, perhaps, or another table
            blocks += "<w:p/>"
        return f"{printed(frame.marks[0], run)}{blocks}{printed(frame.marks[1], run)}"

    def _picture(self, picture: Picture, run: Run) -> str:
        """Raises FaultError for a file that Word could not show."""
        store = store_of(run.state)
        image = store.image(picture)
        size = fitted(image, picture.width_mm, self.room.at_most(picture.height_mm))
        number = run.next_id("drawing", self._printer.first_drawing)
        shown = drawing(image, size, store.picture(image, self._printer.part), number, legal(picture.alt))
        return _between(self._plain, shown)

    def _spans(self, spans: Iterable[SpanLike], run: Run) -> str:
        parts = []
        length = 0
        for span in merged(spans):
            length += len(span.text)
            run.check_length(length)
            parts.append(self._span(span, run))
        return "".join(parts)

    def _span(self, span: SpanLike, run: Run) -> str:
        text = span.text
        if _special(text) is None:
            shown = f"{self._opening(span.style, span.highlight, False)}{text}{_CLOSE}"
        else:
            hint = _EAST_ASIAN.search(text) is not None
            shown = self._text(text, self._opening(span.style, span.highlight, hint), run)
            text = legal(text)
        if not run.trace or span.source is None:
            return shown
        number = run.next_id("bookmark", self._first)
        name = run.printed.add(text, span.source, self._stand)
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{shown}<w:bookmarkEnd w:id="{number}"/>'

    def _text(self, text: str, opening: str, run: Run) -> str:
        """`text` as runs: breaks and tabs become elements, or a break another paragraph."""
        pieces = _PIECES.split(text)
        if len(pieces) == 1:
            return f"{opening}{escape(text)}{_CLOSE}"
        parts = []
        for n, piece in enumerate(pieces):
            if n % 2 == 0:
                parts.append(f"{opening}{escape(piece)}{_CLOSE}" if piece else "")
            elif piece == "\t":
                parts.append(_between(opening, "<w:tab/>"))
            else:
                parts.append(printed(self._frame.between, run) if self._frame else _between(opening, "<w:br/>"))
        return "".join(parts)

    def _opening(self, style: str | None, highlight: bool, hint: bool) -> str:
        """The beginning of a run up to its text. Raises FaultError for a style that the template does not have."""
        key = (style, highlight, hint)
        opening = self._openings.get(key)
        if opening is None:
            properties = self._printer.styles.look(style, highlight, hint).of(self._properties)
            text = fragment(properties, self._printer.spaces) if len(properties) else ""
            opening = self._openings[key] = f"<w:r>{text}{_TEXT}"
        return opening


def _between(opening: str, element: str) -> str:
    """A run of the same formatting that holds `element` and no text."""
    return f"{opening.removesuffix(_TEXT)}{element}</w:r>"


class _Plain:
    """Prints a value as text alone, where there are no runs: attributes, field codes, document properties."""

    def __init__(self, in_attribute: bool) -> None:
        self._in_attribute = in_attribute

    def emit(self, value: object, run: Run) -> str:
        text = plain_text(value)
        run.check_length(len(text))
        text = escape(LINE_BREAK.sub("\n", text))
        # A parser turns bare white space in an attribute into blanks.
        return text.replace("\n", "&#10;").replace("\t", "&#9;") if self._in_attribute else text


TEXT, ATTRIBUTE = _Plain(in_attribute=False), _Plain(in_attribute=True)
