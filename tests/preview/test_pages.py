"""Which pages are meant by what is typed, and what becomes of them."""

from __future__ import annotations

import struct

import pytest
from fake_office import pdf

from reportgen.diagnostics import FaultError
from reportgen.preview.pages import DPI, Document, PageRanges, parse_ranges, select


@pytest.mark.parametrize(
    ("typed", "ranges"),
    [
        ("2", ((2, 2),)),
        ("1-3", ((1, 3),)),
        ("1,3-5", ((1, 1), (3, 5))),
        ("4-", ((4, None),)),
        (" 1 - 3 , 5 ", ((1, 3), (5, 5))),
        ("１－３，５", ((1, 3), (5, 5))),
        ("1—3、5", ((1, 3), (5, 5))),
        ("第1至3页", ((1, 3),)),
    ],
)
def test_pages_as_people_type_them(typed: str, ranges: PageRanges) -> None:
    assert parse_ranges(typed) == ranges


@pytest.mark.parametrize("typed", ["", "0", "3-1", "一", "1-2-3", "-2", "1,,2", "1;2", "1" * 30])
def test_what_names_no_pages(typed: str) -> None:
    assert parse_ranges(typed) is None


@pytest.mark.parametrize(
    ("ranges", "pages"),
    [
        ((), (1, 2, 3, 4, 5)),
        (((4, None),), (4, 5)),
        (((3, 4), (1, 3)), (1, 2, 3, 4)),
        (((5, 5),), (5,)),
    ],
)
def test_each_page_once_and_in_order(ranges: PageRanges, pages: tuple[int, ...]) -> None:
    assert select(ranges, 5) == pages


def test_a_range_without_end_is_no_work() -> None:
    with pytest.raises(FaultError) as caught:
        select(((1, 10**15),), 5)
    assert caught.value.values == {"count": 5, "pages": f"6-{10**15}"}


def test_a_picture_is_as_large_as_the_page() -> None:
    picture = Document(pdf(2)).picture(2)
    width, height = struct.unpack(">II", picture[16:24])
    assert (width, height) == (120 * DPI // 72, 200 * DPI // 72)


def test_what_is_no_pdf() -> None:
    with pytest.raises(FaultError) as caught:
        Document(b"%PDF-1.7 and no more")
    assert caught.value.code.code == "O057"
