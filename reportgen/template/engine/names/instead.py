"""What to write instead of a name that is not there: one of another template program, one of a loop that stands
elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from jinja2 import nodes

from reportgen.template.engine.names.reading import Read, stored
from reportgen.template.engine.program import Program
from reportgen.template.engine.types import Spot

_WORD = re.compile(r"[^\W\d]\w*")
_STYLED = (
    "要印成另一种样子，先在模板里建好字符样式，写 {{ 样式('样式名', 值) }}；只要加粗，写 {{ 加粗(值) }}；"
    "整个标签一个样子的，在 Word 里给标签设好格式就行。"
)
_BROKEN = (
    "值里的换行照样印成换行（标签独占一段时，印成新的一段），不用另外写函数：{{ 值 }}；"
    "要逐段印，写 {%p for 段 in 列表 %}、{{ 段 }}、{%p endfor %}。"
)
_PICTURE = "图片写 {{ P1.图像 }}：P1 是图片的编号，宽度填在数据里，不用写 Mm、Inches。"
_FILE = "要放进另一份 Word 文件，写 {{ 插入('片段.docx') }}，独占一段；文件和模板放在同一个文件夹。"
_ADDRESS = "要换链接的地址，在 Word 里插入超链接，地址里写标签，如 https://…/{{ 值 }}。"
# Names of docxtpl's Python side that people hand to their templates.
_FOREIGN: Mapping[str, str] = {
    **dict.fromkeys(("RichText", "R", "RichTextParagraph", "RP"), _STYLED),
    "Listing": _BROKEN,
    **dict.fromkeys(("InlineImage", "Mm", "Cm", "Inches", "Pt", "replace_pic", "replace_media"), _PICTURE),
    **dict.fromkeys(("subdoc", "Subdoc", "new_subdoc", "replace_embedded", "replace_zipname"), _FILE),
    "build_url_id": _ADDRESS,
}
_PROGRAMS = frozenset({"tpl", "doc", "template", "DocxTemplate"})  # what such methods are called on
_LOOP = (
    "loop 只能写在 {% for … %} 和 {% endfor %} 之间，说的是循环到了第几次（loop.index）、是不是最后一次（loop.last）。"
)


def foreign(read: Read) -> Read:
    """`read`, or the name of another program that it is a part of: of InlineImage(tpl, 'a.png', Mm(20)) all three names
    are unknown, and one is to be told."""
    if read.name in _FOREIGN or read.name in _PROGRAMS:
        body = read.spot.tag.body
        for word in _WORD.findall(body):
            if word in _FOREIGN:
                return replace(read, name=word, called=re.search(rf"\b{word}\s*\(", body) is not None)
    return read


def advice(read: Read, loops: Mapping[str, Spot]) -> str | None:
    """The suggestion for a name that is not there; None where there is nothing better than to look for the right name.

    `loops`: the names that loops of the same template define, with the tag that does.
    """
    name = read.name
    if name in _FOREIGN:
        return _FOREIGN[name]
    if name == "loop":
        return _LOOP
    if (loop := loops.get(name)) is not None:
        same = loop.place.file == read.spot.place.file
        where = loop.place.label().removeprefix(f"{loop.place.file} › ") if same else loop.place.label()
        return (
            f"“{name}”是 {loop.tag.raw}（{where}）里的名字，只在它和 {{% endfor %}} 之间有："
            "把这个标签移进去，或者在这里也写一个循环。"
        )
    return None


def loops_of(programs: Iterable[Program]) -> Mapping[str, Spot]:
    """The names that loops define, each with the first tag that does."""
    found: dict[str, Spot] = {}
    for program in programs:
        for loop in program.tree.find_all(nodes.For):
            for name in stored(loop.target):
                found.setdefault(name, program.spots[loop.lineno - 1])
    return found
