"""The text of a paragraph as one line, whatever runs, breaks and field codes it lies in, and changes to it."""

from __future__ import annotations

import copy
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from reportgen.template.syntax import may_hold_tags
from reportgen.template.word.ooxml import R_PR, Element, R, T, insert_after, remove, runs, shell, w

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_FIELD_CODE, _FIELD_MARK = w("instrText"), w("fldChar")
# Characters that runs hold as elements. Inside a tag they are as good as the character.
_AS_TEXT = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-", w("softHyphen"): "\u00ad"}


def join_field_codes(paragraph: Element) -> None:
    """A field code that Word has split over runs becomes one text again, if it holds tags."""
    code: list[Element] = []
    for node in [node for run in runs(paragraph) for node in run if node.tag in (_FIELD_CODE, _FIELD_MARK)]:
        if node.tag == _FIELD_CODE:
            code.append(node)
            continue
        text = "".join(part.text or "" for part in code)
        if len(code) > 1 and may_hold_tags(text):
            code[0].text = text
            for part in code[1:]:
                remove(part)
        code.clear()


def straighten(root: Element) -> None:
    """Takes runs out of the w:t of other runs, as some programs leave them: no other program finds text there, and it
    would be lost in silence."""
    for text in [node for node in root.iter(T) if len(node)]:
        run = text.getparent()
        if run is None or run.tag != R:
            continue
        behind = _cut(run, text, "")
        last = run
        for child in list(text):
            after, child.tail = child.tail or "", None
            remove(child)
            insert_after(last, child)
            last = child
            if after:
                insert_after(last, rest := _with_text(run, after))
                last = rest
        if not _is_empty(behind):
            insert_after(last, behind)


def _with_text(run: Element, text: str) -> Element:
    """A run of the same properties."""
    fresh = shell(run)
    properties = run.find(R_PR)
    if properties is not None:
        fresh.append(copy.deepcopy(properties))
    _set_text(etree.SubElement(fresh, T), text)
    return fresh


@dataclass(slots=True)
class _Stretch:
    """A piece of a line's text and the element that holds it."""

    node: Element
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    def set(self, text: str) -> None:
        self.text = text
        if self.node.tag != T or not text:
            run = self.node.getparent()
            remove(self.node)
            if run is not None and _is_empty(run):
                remove(run)
        else:
            _set_text(self.node, text)


class Line:
    """The text of a paragraph as one string. Changes go from its end to its beginning, so that offsets stay true."""

    def __init__(self, paragraph: Element) -> None:
        self._stretches: list[_Stretch] = []
        length = 0
        for run in runs(paragraph):
            for node in run:
                text = (node.text or "") if node.tag == T else _AS_TEXT.get(str(node.tag), "")
                if text:
                    self._stretches.append(_Stretch(node, text, length))
                    length += len(text)
        self._starts = [stretch.start for stretch in self._stretches]
        self.text = "".join(stretch.text for stretch in self._stretches)

    def replace(self, start: int, end: int, text: str) -> None:
        """Puts `text` in place of a stretch, in the formatting where it begins."""
        first, *others = self._touched(start, end)
        for stretch in others:
            stretch.set(stretch.text[end - stretch.start :])
        first.set(first.text[: start - first.start] + text + first.text[end - first.start :])

    def put(self, start: int, end: int, make: Callable[[Element], Element]) -> None:
        """Puts the node that `make` gives for the run where the stretch begins in place of the stretch."""
        first, *others = self._touched(start, end)
        for stretch in others:
            stretch.set(stretch.text[end - stretch.start :])
        run = first.node.getparent()
        assert run is not None
        mark = make(run)
        insert_after(run, mark)
        rest = _cut(run, first.node, first.text[end - first.start :])
        if not _is_empty(rest):
            insert_after(mark, rest)
        first.set(first.text[: start - first.start])

    def _touched(self, start: int, end: int) -> list[_Stretch]:
        first, behind = bisect_right(self._starts, start) - 1, bisect_left(self._starts, end)
        return [stretch for stretch in self._stretches[max(first, 0) : behind] if stretch.end > start]


def _cut(run: Element, node: Element, text: str) -> Element:
    """A run of the same properties with `text` and everything that follows `node` in `run`."""
    rest = shell(run)
    properties = run.find(R_PR)
    if properties is not None:
        rest.append(copy.deepcopy(properties))
    if text:
        _set_text(etree.SubElement(rest, T), text)
    rest.extend(list(node.itersiblings()))
    return rest


def _set_text(node: Element, text: str) -> None:
    node.text = text
    if text != text.strip():
        node.set(_SPACE, "preserve")


def _is_empty(run: Element) -> bool:
    return all(child.tag == R_PR for child in run)
