"""Numbered lists that begin anew with each turn of the loop they lie in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from reportgen.template.engine.run import Run
from reportgen.template.word.additions.numbering import LEVEL, NUM_ID, NUM_PR, Lists, Numbering
from reportgen.template.word.additions.store import store_of
from reportgen.template.word.blocks import Fence
from reportgen.template.word.marks import Mark, Marks
from reportgen.template.word.ooxml import P_PR, TBL, TR, Element, P, w
from reportgen.template.word.repeated.ids import Turns, turns_of

_VAL = w("val")
# What may follow w:numPr among paragraph properties stands behind these: ECMA-376 part 1, CT_PPrBase.
_BEFORE_NUM_PR = frozenset(
    w(n) for n in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
)


@dataclass(frozen=True, slots=True)
class _ListOfTurn:
    """Prints the numId of a list: its own in the first turn of the loop, a new one in every other."""

    turns: Turns
    number: str

    def emit(self, value: object, run: Run) -> str:
        turn = self.turns.turn(run)
        if turn < 2:
            return self.number
        slot = (self.turns, self.number)
        kept = run.state.get(slot)
        if not isinstance(kept, tuple) or kept[0] != turn:
            kept = run.state[slot] = (turn, numbering_of(run).restarted(self.number))
        return str(kept[1])


def numbering_of(run: Run) -> Numbering:
    """The numbering part of a filling."""
    found = run.state.get(Numbering)
    if not isinstance(found, Numbering):
        found = run.state[Numbering] = Numbering(store_of(run.state))
    return found


def restart_lists(root: Element, marks: Marks, fences: Sequence[Fence], lists: Lists) -> None:
    """Marks the lists that lie in a loop wholly and are not what its turns count."""
    members: dict[str, list[tuple[Element, str]]] = {}
    for paragraph in root.iter(P):
        number, level = lists.number_of(paragraph)
        if number:
            members.setdefault(number, []).append((paragraph, level))
    counted = [fence for fence in fences if _is_loop(fence, marks)]  # inner ones first
    turns: dict[Element, Turns] = {}
    around = _loops_around(counted)
    for number, paragraphs in members.items():
        fence = _home(number, [paragraph for paragraph, _ in paragraphs], around, marks, lists)
        if fence is None:
            continue
        if fence.opener not in turns:
            turns[fence.opener] = turns_of(fence, marks)
        site = _ListOfTurn(turns[fence.opener], number)
        for paragraph, level in paragraphs:
            number_of(paragraph, level).set(_VAL, marks.token(Mark(site=site)))


def _is_loop(fence: Fence, marks: Marks) -> bool:
    spot = marks[fence.opener].spot
    return spot is not None and spot.tag.word == "for"


def _loops_around(loops: Iterable[Fence]) -> dict[Element, list[Fence]]:
    """Paragraph → the loops it lies in, inner ones first."""
    around: dict[Element, list[Fence]] = {}
    for fence in loops:
        for child in _body(fence):
            for paragraph in child.iter(P):
                around.setdefault(paragraph, []).append(fence)
    return around


def _home(
    number: str,
    paragraphs: Sequence[Element],
    around: Mapping[Element, Sequence[Fence]],
    marks: Marks,
    lists: Lists,
) -> Fence | None:
    """The innermost loop that holds the whole list beside other things, so that each turn has a list of its own.

    A loop whose turns begin with an item of the list makes the list: it goes on counting.
    """
    for fence in around.get(paragraphs[0], ()):
        inside = all(fence in around.get(paragraph, ()) for paragraph in paragraphs)
        if inside and not _makes(fence, list(_body(fence)), number, marks, lists):
            return fence
    return None


def _makes(fence: Fence, body: Sequence[Element], number: str, marks: Marks, lists: Lists) -> bool:
    """True when the turns of the loop are items of the list."""
    own = list(_own_blocks(body, marks))
    if not own:
        return False
    if own[0].tag == TR:  # a row with one number counts the rows
        found = [p for row in own for p in row.iter(P) if lists.number_of(p)[0] == number]
        return len(found) == 1
    return own[0].tag == P and lists.number_of(own[0])[0] == number


def _body(fence: Fence) -> Iterator[Element]:
    for sibling in fence.opener.itersiblings():
        if sibling is fence.closer:
            return
        yield sibling


def _own_blocks(body: Sequence[Element], marks: Marks) -> Iterator[Element]:
    """Paragraphs, tables and rows of a loop's body up to the first inner loop: one that comes first hides the rest."""
    for node in body:
        if isinstance(node, etree._ProcessingInstruction):
            spot = marks[node].spot
            if spot is not None and spot.tag.word == "for":
                return
        elif node.tag in (P, TBL, TR):
            yield node


def number_of(paragraph: Element, level: str) -> Element:
    """The w:numId of a paragraph, made when its style brings the list."""
    properties = paragraph.find(P_PR)
    if properties is None:
        properties = etree.Element(P_PR)
        paragraph.insert(0, properties)
    node = properties.find(NUM_PR)
    if node is None:
        node = etree.Element(NUM_PR)
        place = next((n for n, child in enumerate(properties) if child.tag not in _BEFORE_NUM_PR), len(properties))
        properties.insert(place, node)
    if node.find(LEVEL) is None:
        node.insert(0, etree.Element(LEVEL, {_VAL: level}))
    number = node.find(NUM_ID)
    return etree.SubElement(node, NUM_ID) if number is None else number
