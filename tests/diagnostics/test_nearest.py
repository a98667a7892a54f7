"""Near names: what a misspelt word was probably meant to be."""

from __future__ import annotations

import pytest

from reportgen.diagnostics import nearest

HEADERS = ("稿号", "主标题", "副标题", "引题", "署名", "署名位置")


@pytest.mark.parametrize(
    ("word", "names", "first"),
    [
        ("副标提", HEADERS, "副标题"),
        ("署明", HEADERS, "署名"),
        ("bulid", ("new", "build"), "build"),
        ("o1", ("O001",), "O001"),
    ],
)
def test_the_nearest_comes_first(word: str, names: tuple[str, ...], first: str) -> None:
    assert nearest(word, names)[0] == first


def test_nothing_like_it_gives_nothing() -> None:
    assert nearest("天气", HEADERS) == ()


def test_names_with_a_common_ending_are_not_near() -> None:
    assert nearest("梧洲市政协", ("北海市政协", "梧州市政协", "柳州市政协")) == ("梧州市政协",)
