"""Where reportgen renders a template of docxtpl otherwise, why, and what exactly may differ then.

A deviation takes two stretches of lines that differ, docxtpl's and ours, and takes its own difference out of both. What
then still differs is a mistake.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from word_forms import BREAK, PAGE, Line, merged

Stretch = list[Line]
Settle = Callable[[Stretch, Stretch], tuple[Stretch, Stretch]]


@dataclass(frozen=True, slots=True)
class Deviation:
    reason: str
    settle: Settle = lambda theirs, ours: (theirs, ours)


def _both(change: Callable[[Stretch], Stretch]) -> Settle:
    return lambda theirs, ours: (change(theirs), change(ours))


def is_blank(lines: Stretch) -> bool:
    return all(line.is_paragraph and not line.text.strip() for line in lines)


def _without_blanks(lines: Stretch) -> Stretch:
    return [line for line in lines if not is_blank([line])]


def _fewer_blanks(theirs: Stretch, ours: Stretch) -> tuple[Stretch, Stretch]:
    """Ours may lack blank paragraphs that theirs has."""
    before, after = (_without_blanks(stretch) for stretch in (theirs, ours))
    return (before, after) if len(ours) - len(after) < len(theirs) - len(before) else (theirs, ours)


def _one_blank_more(theirs: Stretch, ours: Stretch) -> tuple[Stretch, Stretch]:
    """Ours may end with a blank paragraph."""
    is_one_more = len(ours) == len(theirs) + 1 and is_blank(ours[-1:])
    return (theirs, ours[:-1]) if is_one_more else (theirs, ours)


def _one_line_each(lines: Stretch) -> Stretch:
    """A paragraph per line of text, so that line breaks, page breaks and paragraphs are the same."""
    found = []
    for line in lines:
        if not line.is_paragraph:
            found.append(line)
            continue
        cut = ((look, part) for look, text in line.pieces for part in re.split(f"([{BREAK}{PAGE}])", text))
        for is_break, pieces in groupby(cut, key=lambda piece: piece[1] in (BREAK, PAGE)):
            if not is_break:
                found.append(replace(line, pieces=merged(pieces)))
    return _without_blanks(found)


def _inheriting(theirs: Stretch, ours: Stretch) -> tuple[Stretch, Stretch]:
    """Ours may have the properties that the tag's run has beside those the value brings."""
    if len(theirs) != len(ours):
        return theirs, ours
    return theirs, [_less(a, b) for a, b in zip(theirs, ours, strict=True)]


def _less(theirs: Line, ours: Line) -> Line:
    wanted = [(look, char) for look, text in theirs.pieces for char in text]
    given = [(look, char) for look, text in ours.pieces for char in text]
    if len(wanted) != len(given) or any(a[1] != b[1] or not a[0] <= b[0] for a, b in zip(wanted, given, strict=True)):
        return ours
    return replace(ours, pieces=theirs.pieces)


def _without(pattern: str) -> Settle:
    def change(lines: Stretch) -> Stretch:
        return [
            replace(line, pieces=merged((look, re.sub(pattern, "", text)) for look, text in line.pieces))
            for line in lines
        ]

    return _both(change)


def _without_head(pattern: str) -> Settle:
    def change(lines: Stretch) -> Stretch:
        return [replace(line, head=re.sub(pattern, "", line.head).rstrip()) for line in lines]

    return _both(change)


DEVIATIONS: Mapping[str, Deviation] = {
    "unknown name": Deviation(
        "a name that the data lacks is an error with the near name; docxtpl prints nothing. Compared with the name "
        "given and empty."
    ),
    "text beside": Deviation(
        "text beside a tag whose block crosses paragraphs is an error that says so. Compared with the tag moved to a "
        "paragraph of its own, as the error advises."
    ),
    "printed whole": Deviation(
        "a list or a mapping has no text of its own: an error; docxtpl prints it as Python writes it. Compared with "
        "that text."
    ),
    "blank paragraph": Deviation(
        "a paragraph that holds nothing but control tags disappears; docxtpl leaves it blank unless written {%p.",
        _fewer_blanks,
    ),
    "end of a sub-document": Deviation(
        "a document that is put in ends with a paragraph, as Word's own always do, though the file ends with a table.",
        _one_blank_more,
    ),
    "line break": Deviation(
        "a line break in a value that stands alone begins a new paragraph; docxtpl: a line break. Its signs \\a and "
        "\\f in data are line breaks as well: page breaks belong to the template.",
        _both(_one_line_each),
    ),
    "formatting of the tag": Deviation(
        "a value takes the formatting of the run where its tag begins, and its style comes on top; docxtpl's RichText "
        "drops the tag's formatting.",
        _inheriting,
    ),
    "tab in a tag": Deviation(
        "a tab in a text literal is kept; docxtpl loses what Word holds as an element.",
        _without("→"),
    ),
    "blank beside a tag": Deviation(
        "blanks beside a tag are kept; docxtpl loses them where the template's text is not marked to keep them.",
        _both(
            lambda lines: [replace(line, pieces=merged((k, t.strip(" ")) for k, t in line.pieces)) for line in lines]
        ),
    ),
    "lists of a sub-document": Deviation(
        "a document that is put in counts its lists by itself; docxtpl goes on with the list of the style.",
        _without_head(r"numPr\(ilvl val=\d, numId val=\d+\),? ?"),
    ),
    "line pitch of pictures": Deviation(
        "a picture alone in its paragraph gets single line spacing: an exact one would clip it.",
        _without_head("spacing line=240 lineRule=auto"),
    ),
    "address in data": Deviation(
        "RichText brings hyperlinks along; here the address of a hyperlink in the template is a tag. Text compared.",
        _without(r"\[hyperlink [^|]*\||\|\]"),
    ),
    "distorted": Deviation(
        "InlineImage may give width and height; Picture has a width and keeps the proportions. Compared without size.",
        _without(r" [\d.]+×[\d.]+ mm"),
    ),
    "picture replaced": Deviation(
        "replace_pic and replace_media are calls of docxtpl's API, not of the dialect. Compared without the picture.",
        _without(r"(?<=\[picture )\w+"),
    ),
}
