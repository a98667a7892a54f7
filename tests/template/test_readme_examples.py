"""templates/README.md: each of its examples is built into a .docx, filled, and gives what it says."""

from __future__ import annotations

import ast
import io
import re
from pathlib import Path

import picture_files as files
import pytest
from lxml import etree
from word_files import SPACES, Block, W, docx, line, part, related

from reportgen.template import Picture, Template

README = Path(__file__).parents[2] / "templates" / "README.md"
_FENCED = re.compile(r"^```(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_STYLES = f'<w:styles {SPACES}><w:style w:type="character" w:styleId="a"><w:name w:val="着重"/></w:style></w:styles>'
_EMU_PER_MM = 36_000


def examples() -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for kind, text in _FENCED.findall(README.read_text("utf-8")):
        if kind == "模板":
            found.append({})
        found[-1][kind] = text.rstrip("\n")
    return found


def blocks(text: str) -> list[Block]:
    """Lines as paragraphs; neighbouring lines that begin with | as a table."""
    found: list[Block] = []
    table: list[list[str]] = []
    for row in [*text.split("\n"), ""]:
        if row.startswith("|"):
            table.append([cell.strip() for cell in row.strip("|").split(" | ")])
            continue
        if table:
            found.append(table)
            table = []
        found.append(row)
    return found[:-1]


def data(text: str, folder: Path) -> dict[str, object]:
    names: dict[str, object] = {}
    for statement in ast.parse(text).body:
        assert isinstance(statement, ast.Assign)
        assert isinstance(statement.targets[0], ast.Name)
        value = statement.value
        if isinstance(value, ast.Call):
            name, width = (ast.literal_eval(argument) for argument in value.args)
            (folder / name).write_bytes(files.png())
            names[statement.targets[0].id] = Picture(folder / name, width)
        else:
            names[statement.targets[0].id] = ast.literal_eval(value)
    return names


def printed(content: bytes) -> str:
    """The document in the way the README writes results."""
    body = part(content).find(f"{{{W}}}body")
    assert body is not None
    return "\n".join(row for child in body for row in _rows(child))


def _rows(block: etree._Element) -> list[str]:
    if block.tag == f"{{{W}}}tbl":
        return [_row(row) for row in block.findall(f"{{{W}}}tr")]
    if block.tag != f"{{{W}}}p":
        return []
    extent = next(block.iter("{*}extent"), None)
    return [
        line(block).replace("\n", "⏎") if extent is None else f"〔图片 {int(extent.get('cx', '')) // _EMU_PER_MM}毫米〕"
    ]


def _row(row: etree._Element) -> str:
    return f"| {' | '.join(line(cell) for cell in row.findall(f'{{{W}}}tc'))} |"


@pytest.mark.parametrize("example", examples(), ids=lambda example: example["模板"].split("\n")[0])
def test_an_example_prints_what_the_readme_says(example: dict[str, str], tmp_path: Path) -> None:
    for name, text in example.items():
        if name.endswith(".docx"):
            (tmp_path / name).write_bytes(docx(*blocks(text)))
    template = tmp_path / "正文.docx"
    template.write_bytes(docx(*blocks(example["模板"]), parts={"word/styles.xml": _STYLES, **related("styles")}))
    out = io.BytesIO()

    Template.load(template).render(data(example["数据"], tmp_path), out)

    assert printed(out.getvalue()) == example["结果"]


def test_every_feature_has_an_example() -> None:
    text = "".join(example["模板"] for example in examples())

    for word in ("for", "if", "elif", "else", "set", "endset", "macro", "raw", "{%tc", "vm", "cellbg", "插入", "样式",
                 "加粗", "{#", "{%-", "{_{", "｛｛", "|default"):  # fmt: skip
        assert word in text
