"""What carries the figures in a docx: bookmarks, the manifest inside and beside it, the document's properties."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import docx
from lxml import etree
from workbooks import workbook

from reportgen.model.report import BuildOptions, Outputs
from reportgen.pipeline import build
from reportgen.resources import templates_root

DATA = """
[指标]
指标号 | 名称 | 值 | 量词 | 上年同期
Z1 | 项目 | 126 | 个 | 107
[内容]
类型 | 正文
导语 | 引进{{ Z1 }}，{{ Z1.同比 }}。
"""


def built(path: Path, **options: object) -> Outputs:
    report = build(path, BuildOptions(**options))  # type: ignore[arg-type]
    assert report.output is not None, [fault.message for fault in report.diagnostics]
    return report.output


def part(path: Path, name: str) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(path).read(name))


def test_the_manifest_tells_each_figure_by_its_bookmark(tmp_path: Path) -> None:
    path = workbook(tmp_path, DATA)
    figures = json.loads(built(path).manifest.read_text("utf-8"))["figures"]
    growth = figures[1]
    assert (growth["text"], growth["formula"], growth["indicator"]) == ("17.8%", "(126−107)/107", "Z1")
    assert [(s["sheet"], s["key"], s["column"], s["cell"], s["text"]) for s in growth["sources"]] == [
        ("指标", "Z1", "值", "C2", "126"),
        ("指标", "Z1", "上年同期", "E2", "107"),
    ]


def test_the_docx_holds_the_same_manifest_and_only_short_properties(tmp_path: Path) -> None:
    output = built(workbook(tmp_path, DATA))
    listed = json.loads(output.manifest.read_text("utf-8"))
    inside = part(output.docx, "customXml/item1.xml")
    assert [f.get("bookmark") for f in inside] == [f["bookmark"] for f in listed["figures"]]
    properties = {p.get("name"): "".join(p.itertext()) for p in part(output.docx, "docProps/custom.xml")}
    assert properties["reportgen.document"] == listed["document"]
    assert properties["reportgen.workbook"] == listed["workbook"]["sha256"]
    assert max(len(value) for value in properties.values()) < 256


def test_properties_that_the_template_brings_stay(tmp_path: Path) -> None:
    own = tmp_path / "自己的"
    shutil.copytree(templates_root() / "综述", own)
    first = built(workbook(tmp_path, DATA), output=tmp_path / "甲").docx
    shutil.copy(first, own / "正文.docx")  # a built docx as template: it has properties and an XML item already
    output = built(workbook(tmp_path, DATA), output=tmp_path / "乙", template=own)
    names = [p.get("name") for p in part(output.docx, "docProps/custom.xml")]
    assert len(names) == 6
    assert part(output.docx, "customXml/item2.xml").tag.endswith("figures")
    assert docx.Document(str(output.docx)).paragraphs


def test_a_control_character_in_a_cell_does_not_harm_the_manifest(tmp_path: Path) -> None:
    def put(book: object) -> None:
        sheet = book["指标"]  # type: ignore[index]
        sheet["B2"].value = "项_x0007_目"

    output = built(workbook(tmp_path, "[内容]\n类型 | 正文\n导语 | 引进{{ 计数(指标) }}个。", edit=put))
    sources = part(output.docx, "customXml/item1.xml")[0]
    assert [source.get("text") for source in sources] == ["项目"]
