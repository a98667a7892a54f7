"""Templates of thousands of paragraphs, rows or tags: compiling them takes time in proportion to their size."""

from __future__ import annotations

import io
import time
from collections.abc import Callable

import pytest
from word_files import Block, docx

from reportgen.template import Template


def bookmarked(text: str, number: int) -> str:
    start = f'<w:bookmarkStart w:id="{number}" w:name="b{number}"/>'
    return f'<w:p>{start}<w:r><w:t>{text}</w:t></w:r><w:bookmarkEnd w:id="{number}"/></w:p>'


def spell_checked(number: int) -> str:
    error = '<w:proofErr w:type="spellStart"/>'
    return f"<w:p><w:r><w:t>{{</w:t></w:r>{error}<w:r><w:t>{{ x }}</w:t></w:r>{error}<w:r><w:t>}}</w:t></w:r></w:p>"


LARGE: list[Callable[[int], list[Block]]] = [
    lambda n: [bookmarked("{{ x }}", number) for number in range(n)],
    lambda n: [spell_checked(number) for number in range(n)],
    lambda n: [b for m in range(n) for b in ("{% for y in x %}", bookmarked("{{ y }}", m), "{% endfor %}")],
    lambda n: [[["{% for y in x %}{{ y }}", "{{ y }}{% endfor %}"]] * n],
    lambda n: [[["{% colspan 2 %}{{ x }}", "{{ x }}"]] * n],
    lambda n: ["{% if x %}{{ x }}{% endif %}" * n],
    lambda n: ["¦".join("{{ x }}" * n)],
]


@pytest.mark.slow
@pytest.mark.parametrize("make", LARGE)
def test_compiling_takes_time_in_proportion_to_the_size(make: Callable[[int], list[Block]]) -> None:
    def seconds(count: int) -> float:
        data = docx(*make(count))
        start = time.process_time()
        Template.load(io.BytesIO(data))
        return time.process_time() - start

    seconds(10)
    assert seconds(1_600) < 24 * seconds(200)  # 8 times the size; what grows with the square takes 64 times
