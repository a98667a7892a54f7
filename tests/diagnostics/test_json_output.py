"""The keys other programs rely on."""

from __future__ import annotations

from reportgen.diagnostics import Diagnostic, Place, Severity
from reportgen.diagnostics.json_output import diagnostic_object, place_object


def test_a_cell_with_all_its_keys() -> None:
    place = Place(file="数据.xlsx", sheet="指标", row=12, column="值", cell="F12")
    other = Place(file="数据.xlsx", sheet="指标", row=3)
    item = Diagnostic("V012", Severity.WARNING, place, "不是数。", "填数字。", "一百二", (other,))
    assert diagnostic_object(item) == {
        "code": "V012",
        "severity": "warning",
        "file": "数据.xlsx",
        "sheet": "指标",
        "row": 12,
        "column": "值",
        "cell": "F12",
        "text": "一百二",
        "message": "不是数。",
        "suggestion": "填数字。",
        "related": [{"file": "数据.xlsx", "sheet": "指标", "row": 3}],
    }


def test_keys_that_do_not_apply_are_absent() -> None:
    item = Diagnostic("O031", Severity.ERROR, Place(), "没有权限。")
    assert diagnostic_object(item) == {"code": "O031", "severity": "error", "message": "没有权限。"}


def test_a_tag_in_a_table_of_a_template() -> None:
    place = Place(file="综述/正文.docx", part="正文", paragraph=12, table=2, table_row=3, table_column=4, tag="{{ x }}")
    assert place_object(place) == {
        "file": "综述/正文.docx",
        "row": 3,
        "column": "4",
        "part": "正文",
        "paragraph": 12,
        "table": 2,
        "tag": "{{ x }}",
    }
