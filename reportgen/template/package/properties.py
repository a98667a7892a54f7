"""What users call the properties of a file, in Word's and Excel's own dialogue."""

from __future__ import annotations

from lxml import etree

_NAMES = {
    "title": "标题",
    "subject": "主题",
    "creator": "作者",
    "keywords": "标记（关键词）",
    "description": "备注",
    "category": "类别",
    "contentStatus": "状态",
    "lastModifiedBy": "最后一次保存者",
    "Company": "单位",
    "Manager": "管理者",
}


def property_label(node: etree._Element) -> str:
    """“标题”, for an element of a part of properties or one inside it; nothing for what has no name there."""
    for element in (node, *node.iterancestors()):
        name = element.get("name") or _NAMES.get(etree.QName(element).localname)
        if name:
            return f"“{name}”"
    return ""
