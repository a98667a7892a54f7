"""Tags in plain text: where they are and what they say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.template.syntax import Kind, Literal, Tag, Unclosed, scan


def only(text: str) -> Tag:
    (tag,) = scan(text)
    assert isinstance(tag, Tag)
    return tag


@pytest.mark.parametrize(
    ("text", "kind", "prefix", "body"),
    [
        ("{{ a }}", Kind.VALUE, "", "a"),
        ("{{- a -}}", Kind.VALUE, "", "a"),
        ("{%+ if a +%}", Kind.CONTROL, "", "if a"),
        ("{# a #}", Kind.COMMENT, "", "a"),
        ("｛＃ a ＃｝", Kind.COMMENT, "", "a"),
        ("｛｛Ｚ００１。同比｝｝", Kind.VALUE, "", "Z001.同比"),
        ("｛｛　ａ＋（ｂ，１）　｝｝", Kind.VALUE, "", "a+(b,1)"),
        ("{{ '。，“”' }}", Kind.VALUE, "", "'。，“”'"),
        ("{{ “。，'” }}", Kind.VALUE, "", '"。，\'"'),
        ('{{ “"” }}', Kind.VALUE, "", '"\\""'),
        ("{{ ‘'’ }}", Kind.VALUE, "", "'\\''"),
        ("{{ ＂a＂ }}", Kind.VALUE, "", '"a"'),
        ("{{ 'a\\'}}' }}", Kind.VALUE, "", "'a\\'}}'"),
        ("{{ {'a': 1} }}", Kind.VALUE, "", "{'a': 1}"),
        ("{{ a\u200b\u00a0b }}", Kind.VALUE, "", "a b"),
        ("{%p if a %}", Kind.CONTROL, "p", "if a"),
        ("{%tr for a in b %}", Kind.CONTROL, "tr", "for a in b"),
        ("{%- tc endif -%}", Kind.CONTROL, "", "tc endif"),
        ("{%-tc endif -%}", Kind.CONTROL, "tc", "endif"),
        ("{%sheet for a in b %}", Kind.CONTROL, "sheet", "for a in b"),
        ("{{r a }}", Kind.VALUE, "r", "a"),
        ("{{r }}", Kind.VALUE, "", "r"),
        ("{{r.a }}", Kind.VALUE, "", "r.a"),
        ("{{r if a else b }}", Kind.VALUE, "", "r if a else b"),
        ("{{p + 1 }}", Kind.VALUE, "", "p + 1"),
        ("{{ p a }}", Kind.VALUE, "", "p a"),
    ],
)
def test_a_tag_is_read(text: str, kind: Kind, prefix: str, body: str) -> None:
    tag = only(text)

    assert (tag.kind, tag.prefix, tag.body, tag.raw) == (kind, prefix, body, text)


def test_minus_signs_are_noted() -> None:
    assert [(only(t).trim_before, only(t).trim_after) for t in ("{%- a %}", "{% a －％}", "{%+ a %}", "{{-}}")] == [
        (True, False),
        (False, True),
        (False, False),
        (True, False),
    ]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("甲{{ a }}乙", ["甲", ("a",), "乙"]),
        ("{{ a }}{% b %}", [("a",), ("b",)]),
        ("{_{ a }_} {_% b %_}", ["{{ a }} {% b %}"]),
        ("{{ a", [None, " a"]),
        ("{{ a {% b %}", [None, " a ", ("b",)]),
        ("{{ 'a }} {{ b }}", [("'a",), " ", ("b",)]),
        ("{# a", [None, " a"]),
        ("a } b { c }} %}", ["a } b { c }} %}"]),
    ],
)
def test_text_is_parted(text: str, pieces: list[object]) -> None:
    def show(piece: object) -> object:
        if isinstance(piece, Literal):
            return piece.text
        return (piece.body,) if isinstance(piece, Tag) else None

    assert [show(piece) for piece in scan(text)] == pieces


@given(st.text(alphabet="{}%#＃％｛｝ -'\"“”ab\\_。", max_size=40))
def test_every_character_belongs_to_one_piece(text: str) -> None:
    pieces = scan(text)

    assert [piece.start for piece in pieces] == [0, *(piece.end for piece in pieces[:-1])][: len(pieces)]
    assert "".join(text[piece.start : piece.end] for piece in pieces) == text
    assert all(piece.raw == text[piece.start : piece.end] for piece in pieces if isinstance(piece, Tag))
    assert all(text[piece.start] in "{｛" for piece in pieces if isinstance(piece, Unclosed))
