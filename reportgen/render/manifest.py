"""The figures' manifest: which bookmark prints what, from which cell (cli.md, “What carries the figures in a docx”)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from lxml import etree

from reportgen import __version__
from reportgen.model.figure import plain
from reportgen.model.issue import Issue
from reportgen.model.origin import CellRef
from reportgen.model.report import AuditRow

NAMESPACE = "urn:reportgen:figures:1"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
# The format id that Office gives to user-defined document properties (ECMA-376 part 1, 22.3).
_USER_DEFINED = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def document_id(issue: Issue, template_sha256: str) -> str:
    """Six hexadecimal digits derived from the inputs, so that the same inputs give the same bytes."""
    return hashlib.sha256(f"{issue.dataset.sha256}{template_sha256}".encode()).hexdigest()[:6]


def manifest(issue: Issue, template_name: str, template_sha256: str, audit: Sequence[AuditRow]) -> dict[str, object]:
    """What `<name>.figures.json` holds, but for the hashes of the files written."""
    return {
        "format": 1,
        "generator": f"reportgen {__version__}",
        "document": document_id(issue, template_sha256),
        "workbook": {"file": issue.dataset.file, "sha256": issue.dataset.sha256},
        "template": {"name": template_name, "sha256": template_sha256},
        "figures": [_entry(row) for row in audit if row.figure is not None],
    }


def manifest_part(content: Mapping[str, object]) -> bytes:
    """The manifest as a customXml part: one element per figure."""
    root = etree.Element(f"{{{NAMESPACE}}}figures", nsmap={None: NAMESPACE})
    root.set("document", str(content["document"]))
    figures = content["figures"]
    assert isinstance(figures, list)
    for entry in figures:
        attributes = {name: str(value) for name, value in entry.items() if not isinstance(value, list)}
        figure = etree.SubElement(root, f"{{{NAMESPACE}}}figure", attributes)
        for source in entry["sources"]:
            etree.SubElement(figure, f"{{{NAMESPACE}}}source", source)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def properties_part(issue: Issue, template_sha256: str) -> bytes:
    """docProps/custom.xml: the document's id and the hashes of workbook and template.

    Nothing longer than 255 characters: Word cuts it.
    """
    root = etree.Element(f"{{{_PROPERTIES}}}Properties", nsmap={None: _PROPERTIES, "vt": _TYPES})
    values = {
        "reportgen.document": document_id(issue, template_sha256),
        "reportgen.workbook": issue.dataset.sha256,
        "reportgen.template": template_sha256,
    }
    for number, (name, value) in enumerate(values.items(), 2):
        element = etree.SubElement(root, f"{{{_PROPERTIES}}}property", fmtid=_USER_DEFINED, pid=str(number), name=name)
        etree.SubElement(element, f"{{{_TYPES}}}lpwstr").text = value
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _entry(row: AuditRow) -> dict[str, object]:
    figure = row.figure
    assert figure is not None
    return {
        "bookmark": row.bookmark,
        "text": figure.text,
        "value": "" if figure.value is None else plain(figure.value),
        "measure": figure.measure,
        "status": figure.status.value,
        "indicator": row.indicator.id if row.indicator else "",
        "formula": figure.formula,
        "rule": figure.rule,
        "sentence": row.sentence,
        "sources": [_source(cell) for cell in figure.sources],
    }


def _source(cell: CellRef) -> dict[str, str]:
    return {"sheet": cell.sheet, "key": cell.key, "column": cell.column, "cell": cell.address, "text": cell.text}
