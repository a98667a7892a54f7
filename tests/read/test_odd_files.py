"""Any file that a clerk may send: it reads right, or gives one message that says what it is and what to do."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from faulty_workbooks import TOLD
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odd_files import kinds, make_all
from odd_workbooks import READ
from raw_books import NUMBER, Make, blank_tail, book, row, text
from unreadable_files import REFUSED

from reportgen.diagnostics import Diagnostic
from reportgen.model.cells import cell_text
from reportgen.model.records import Indicator
from reportgen.read import read_workbook
from reportgen.validate import validate
from reportgen.validate.cells.values import text as words_of


def told(path: Path) -> tuple[tuple[Indicator, ...], list[Diagnostic]]:
    """The rows of 指标, and everything that is said of the file."""
    outcome = read_workbook(path)
    if outcome.value is None:
        return (), list(outcome.diagnostics)
    found = validate(outcome.value)
    # A sheet that is skipped is told so beside what follows from that.
    said = [fault for fault in outcome.diagnostics if fault.code != "R021"] + list(found.diagnostics)
    return found.value.indicators if found.value else (), said


def line(row: Indicator) -> str:
    """指标号 名称 值 截止日 来源, as far as they are filled."""
    number = ""
    if row.value is not None:
        number = row.value.reported or f"{cell_text(float(row.value.value))}{'%' if row.value.percent else ''}"
    day = row.as_of.start.isoformat() if row.as_of else ""
    return " ".join(filter(None, (row.id, row.name, number, day, row.source)))


@pytest.mark.parametrize(("make", "rows"), [case[1:] for case in READ], ids=[case[0] for case in READ])
def test_an_odd_workbook_reads_right(tmp_path: Path, make: Make, rows: list[str]) -> None:
    indicators, said = told(make(tmp_path))
    assert said == []
    assert [line(row) for row in indicators] == rows


@pytest.mark.parametrize(("make", "code", "cell", "words"), [case[1:] for case in TOLD], ids=[case[0] for case in TOLD])
def test_one_thing_wrong_inside_is_one_message(
    tmp_path: Path, make: Make, code: str, cell: str | None, words: tuple[str, ...]
) -> None:
    _, said = told(make(tmp_path))
    assert [(fault.code, fault.place.cell) for fault in said] == [(code, cell)], [fault.message for fault in said]
    assert [word for word in words if word not in f"{said[0].message}{said[0].suggestion}"] == []


@pytest.mark.parametrize(("make", "code", "words"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_cannot_be_read_gives_one_plain_error(
    tmp_path: Path, make: Make, code: str, words: tuple[str, ...]
) -> None:
    path = make(tmp_path)
    outcome = read_workbook(path)
    assert outcome.value is None
    errors = [fault for fault in outcome.diagnostics if fault.is_error]
    assert [fault.code for fault in errors] == [code], [fault.message for fault in errors]
    assert errors[0].place.file == path.name
    assert errors[0].suggestion
    assert [word for word in words if word not in f"{errors[0].message}{errors[0].suggestion}"] == []


def test_there_are_many_kinds_and_the_script_makes_them_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few = list(kinds())[::40]
    monkeypatch.setattr("odd_files.kinds", lambda: iter(few))
    make_all(tmp_path)
    assert [place.name.split(" ", 1)[1] for place in sorted(tmp_path.iterdir())] == [name for name, _ in few]
    assert len({name for name, _ in kinds()}) == len(READ) + len(TOLD) + len(REFUSED) > 100


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=40))
def test_any_text_of_a_file_comes_back_as_it_was_typed(tmp_path: Path, words: str) -> None:
    kept = f"<{words}>"  # no blanks at the ends, no error of Excel
    indicators, said = told(book(tmp_path, row(NUMBER, text("E2", escape(kept).replace("_", "_x005F_")))))
    assert (said, [item.source for item in indicators]) == ([], [words_of(kept)])
    assert line(indicators[0]).startswith("Z1 甲 126")


@pytest.mark.slow
def test_a_sheet_coloured_to_its_end_reads_right(tmp_path: Path) -> None:
    indicators, said = told(blank_tail(tmp_path))
    assert (said, [line(row) for row in indicators]) == ([], ["Z1 甲 126"])


@pytest.mark.parametrize("step", range(3))
def test_a_byte_that_changed_on_the_way_never_gives_a_traceback(tmp_path: Path, step: int) -> None:
    path = book(tmp_path)
    data = path.read_bytes()
    for place in range(step, len(data), 97):
        changed = bytearray(data)
        changed[place] ^= 1 << (place % 8)
        path.write_bytes(bytes(changed))
        indicators, said = told(path)
        assert indicators or len(said) == 1
