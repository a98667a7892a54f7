"""Pivot tables: on a sheet of their own they read the rows that theirs became."""

from __future__ import annotations

import io

import openpyxl
import pytest
from excel_books import Filled, edited, faults, fill, template
from lxml import etree

from reportgen.template import Template, TemplateError

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
DETAILS = "单位|数\n{% for x in 行 %}{{ x.名 }}|{{ x.数 }}{% endfor %}"
ITEMS = [{"名": "甲", "数": 1}, {"名": "乙", "数": 2}, {"名": "甲", "数": 3}]
CACHE = (
    f'<pivotCacheDefinition xmlns="{MAIN}" recordCount="0"><cacheSource type="worksheet">'
    '<worksheetSource ref="%s" sheet="%s"/></cacheSource><cacheFields count="2"><cacheField name="单位" numFmtId="0">'
    '<sharedItems/></cacheField><cacheField name="数" numFmtId="0"><sharedItems/></cacheField></cacheFields>'
    "</pivotCacheDefinition>"
)
TABLE = (
    f'<pivotTableDefinition xmlns="{MAIN}" name="汇总" cacheId="1" dataCaption="值"><location ref="A3:B5" '
    'firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/><pivotFields count="2"><pivotField axis="axisRow" '
    'showAll="0"><items count="1"><item t="default"/></items></pivotField><pivotField dataField="1" showAll="0"/>'
    '</pivotFields><rowFields count="1"><field x="0"/></rowFields><dataFields count="1">'
    '<dataField name="合计" fld="1"/></dataFields></pivotTableDefinition>'
)


def _relation(kind: str, target: str) -> str:
    return f'<Relationship Id="rIdPivot" Type="{OFFICE}/{kind}" Target="{target}"/></Relationships>'


def with_pivot(text: str, source: str, ref: str = "A1:B2", holder: int = 2) -> bytes:
    """A template with a pivot table on the sheet numbered `holder` over a range of the sheet `source`."""
    relations = f'<Relationships xmlns="{OFFICE.replace("officeDocument", "package")}">'
    types = "".join(
        f'<Override PartName="/xl/{path}.xml" ContentType="{TYPES}.{kind}+xml"/>'
        for path, kind in (
            ("pivotCache/pivotCacheDefinition1", "pivotCacheDefinition"),
            ("pivotTables/pivotTable1", "pivotTable"),
        )
    )
    cache = "../pivotCache/pivotCacheDefinition1.xml"
    data = template(text)
    for part, old, new in (
        ("xl/pivotCache/pivotCacheDefinition1.xml", "", CACHE % (ref, source)),
        ("xl/pivotTables/pivotTable1.xml", "", TABLE),
        ("xl/pivotTables/_rels/pivotTable1.xml.rels", "", relations + _relation("pivotCacheDefinition", cache)),
        (f"xl/worksheets/_rels/sheet{holder}.xml.rels", "", relations + _relation(
            "pivotTable", "../pivotTables/pivotTable1.xml")),
        ("xl/_rels/workbook.xml.rels", "</Relationships>", _relation("pivotCacheDefinition", cache[3:])),
        ("xl/workbook.xml", "</workbook>",
         f'<pivotCaches><pivotCache cacheId="1" r:id="rIdPivot" xmlns:r="{OFFICE}"/></pivotCaches></workbook>'),
        ("[Content_Types].xml", "</Types>", f"{types}</Types>"),
    ):  # fmt: skip
        data = edited(data, part, lambda text, old=old, new=new: text.replace(old, new, 1) if old else new)
    return data


def _source(filled: Filled) -> tuple[str | None, str | None, str | None]:
    """Sheet, range and refreshOnLoad of the cache."""
    root = etree.fromstring(filled.part("xl/pivotCache/pivotCacheDefinition1.xml").encode())
    found = root.find(f"{{{MAIN}}}cacheSource/{{{MAIN}}}worksheetSource")
    assert found is not None
    return found.get("sheet"), found.get("ref"), root.get("refreshOnLoad")


@pytest.mark.parametrize(
    ("ref", "rows", "grown"),
    [
        ("A1:B2", ITEMS, "A1:B4"),
        ("A1:B2", [], "A1:B1"),  # its header stays
        ("A:B", ITEMS, "A:B"),
    ],
)
def test_a_pivot_table_on_another_sheet_reads_all_rows(ref: str, rows: list[dict[str, object]], grown: str) -> None:
    filled = fill(with_pivot(f"[明细]\n{DETAILS}\n[汇总]\n标题", "明细", ref), 行=rows)
    assert _source(filled) == ("明细", grown, "1")


def test_the_sheet_it_reads_may_be_named_by_the_data() -> None:
    filled = fill(with_pivot(f"[明细{{{{ 年 }}}}]\n{DETAILS}\n[汇总]\n标题", "明细{{ 年 }}"), 行=ITEMS, 年=2025)
    assert _source(filled) == ("明细2025", "A1:B4", "1")


def test_the_pivot_table_itself_stays_and_opens() -> None:
    filled = fill(with_pivot(f"[明细]\n{DETAILS}\n[汇总]\n标题", "明细"), 行=ITEMS)
    assert filled.part("xl/pivotTables/pivotTable1.xml") == TABLE
    pivot = openpyxl.load_workbook(io.BytesIO(filled.data))["汇总"]._pivots[0]
    assert (pivot.name, pivot.cache.cacheSource.worksheetSource.ref) == ("汇总", "A1:B4")


@pytest.mark.parametrize(
    ("text", "source", "holder", "what"),
    [
        (f"[明细]\n{DETAILS}", "明细", 1, "数据透视表"),
        (f"[明细]\n{DETAILS}\n[汇总]\n{{{{ 年 }}}}", "明细", 2, "数据透视表"),
        ("[表{{ 板 }}]\n{%sheet for 板 in 行 %}单位|数\n{{ 板.名 }}|{{ 板.数 }}\n[汇总]\n标题", "表{{ 板 }}", 2,
         "按列表重复的工作表“表{{ 板 }}”"),
    ],
)  # fmt: skip
def test_a_pivot_table_that_could_not_follow_is_refused(text: str, source: str, holder: int, what: str) -> None:
    with pytest.raises(TemplateError) as refused:
        Template.load(io.BytesIO(with_pivot(text, source, holder=holder)), name="附件.xlsx")
    assert any(what in fault.message for fault in refused.value.diagnostics)
    assert faults(with_pivot(f"[明细]\n{DETAILS}\n[汇总]\n标题", "明细"), 行=ITEMS) == ()
