"""What people see on the screen."""

from __future__ import annotations

import pytest

from reportgen.diagnostics import Code, Diagnostic, Place, Severity
from reportgen.diagnostics.terminal import screen_lines, summary


def fault(
    code: str = "V012",
    severity: Severity = Severity.ERROR,
    *,
    message: str = "「一百二」不是数。",
    suggestion: str = "填阿拉伯数字，如 120。",
    text: str | None = None,
    related: tuple[Place, ...] = (),
    **place: object,
) -> Diagnostic:
    return Diagnostic(code, severity, Place(**place), message, suggestion, text, related)  # type: ignore[arg-type]


def cell(row: int, column: str = "值", letter: str = "F", sheet: str = "指标", **more: object) -> Diagnostic:
    return fault(file="数据.xlsx", sheet=sheet, row=row, column=column, cell=f"{letter}{row}", **more)  # type: ignore[arg-type]


def printed(*diagnostics: Diagnostic) -> list[str]:
    return "\n".join(line.plain for line in screen_lines(diagnostics)).splitlines()


def test_the_form_of_the_contract() -> None:
    assert printed(cell(12)) == [
        "错误 V012  数据.xlsx › 指标 › 第12行 › 值 (F12)",
        "  「一百二」不是数。",
        "  建议：填阿拉伯数字，如 120。",
    ]


@pytest.mark.parametrize(
    ("severity", "word"), [(Severity.ERROR, "错误"), (Severity.WARNING, "警告"), (Severity.NOTICE, "提示")]
)
def test_severities_in_words(severity: Severity, word: str) -> None:
    assert printed(fault(severity=severity))[0] == f"{word} V012"


def test_a_template_fault_shows_the_words_around_the_tag() -> None:
    item = fault(
        "T003", file="综述/正文.docx", part="正文", paragraph=12, text="——{{ 稿.副标提 }}", tag="{{ 稿.副标提 }}"
    )
    assert printed(item)[0] == "错误 T003  综述/正文.docx › 正文 第12段「——{{ 稿.副标提 }}」"


def test_no_suggestion_no_line_and_related_places_have_one() -> None:
    item = fault(suggestion="", related=(Place(sheet="指标", row=3, cell="A3"), Place(sheet="指标", row=9, cell="A9")))
    assert printed(item) == ["错误 V012", "  「一百二」不是数。", "  另见：指标 › 第3行 (A3)；指标 › 第9行 (A9)"]


def test_sorted_by_file_sheet_row_and_column_with_the_sheets_as_they_come() -> None:
    items = [
        cell(9, sheet="指标"),
        cell(2, "报送人", "AA", sheet="指标"),
        cell(2, sheet="指标"),
        cell(30, sheet="单位"),
        cell(3, sheet="指标"),
        fault(file="乙.xlsx"),
    ]
    heads = [line for line in printed(*items) if line.startswith("错误")]
    assert [line.split("  ")[1] for line in heads] == [
        "乙.xlsx",
        "数据.xlsx › 指标 › 第2行 › 值 (F2)",
        "数据.xlsx › 指标 › 第2行 › 报送人 (AA2)",
        "数据.xlsx › 指标 › 第3行 › 值 (F3)",
        "数据.xlsx › 指标 › 第9行 › 值 (F9)",
        "数据.xlsx › 单位 › 第30行 › 值 (F30)",
    ]


@pytest.mark.parametrize(
    ("count", "heads", "more"), [(10, 10, None), (11, 10, "1 处：F11"), (13, 10, "3 处：F11、F12、F13")]
)
def test_repeats_past_ten_are_one_line(count: int, heads: int, more: str | None) -> None:
    lines = printed(*(cell(row) for row in range(1, count + 1)))
    assert sum(line.startswith("错误") for line in lines) == heads
    assert [line for line in lines if "同样的问题" in line] == ([f"  同样的问题还有 {more}"] if more else [])


def test_a_long_list_of_repeats_is_cut() -> None:
    assert printed(*(cell(row) for row in range(1, 101)))[-1].endswith("、F22……")


def test_the_same_code_in_two_columns_is_two_faults() -> None:
    items = [cell(row, column, letter) for row in range(1, 8) for column, letter in (("值", "F"), ("目标", "Q"))]
    assert sum(line.startswith("错误") for line in printed(*items)) == 14


def test_one_tag_that_fails_for_many_rows_is_one_fault() -> None:
    failed = [
        fault(
            "F006",
            file="综述/正文.docx",
            part="正文",
            paragraph=9,
            tag="{{ 行.占比 }}",
            message=f"「提案{row}」写不出占比。",
            related=(Place(file="数据.xlsx", sheet="指标", row=row, cell=f"S{row}"),),
        )
        for row in range(2, 14)
    ]
    lines = printed(*failed)

    assert (sum("写不出占比" in line for line in lines), lines[-1]) == (10, "  同样的问题还有 2 处：S12、S13")


def test_different_unknown_names_in_a_template_are_not_repeats() -> None:
    items = [fault("T003", file="正文.docx", part="正文", paragraph=n, message=f"没有“名{n}”") for n in range(1, 15)]
    assert sum(line.startswith("错误") for line in printed(*items)) == 14


@pytest.mark.parametrize(
    ("severities", "words"),
    [
        ((), "没有发现问题。"),
        ((Severity.ERROR,), "共 1 个错误。"),
        ((Severity.NOTICE, Severity.WARNING, Severity.ERROR, Severity.WARNING), "共 1 个错误、2 个警告、1 个提示。"),
    ],
)
def test_counts_in_words(severities: tuple[Severity, ...], words: str) -> None:
    assert summary(fault(severity=severity) for severity in severities) == words


def test_of_a_very_long_text_the_beginning_is_quoted() -> None:
    code = Code("X001", Severity.ERROR, "「{text}」不是数。", "", "", "", "")
    fault = code.at(Place(), text="长" * 5000)
    assert fault.message == f"「{'长' * 40}…」不是数。"
    assert fault.text == "长" * 5000
