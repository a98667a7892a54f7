"""The figures' manifest: which bookmark prints what, from which cell (cli.md, “What carries the figures in a docx”)."""

from __future__ import annotations

import hashlib
import itertools
import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from lxml import etree

from reportgen import __version__
from reportgen.model.cells import CellRef
from reportgen.model.figure import plain
from reportgen.model.issue import Issue
from reportgen.model.report import AuditRow, Proof
from reportgen.render.folders import Templates
from reportgen.template.package import (
    CONTENT_TYPES,
    Package,
    relationships_name,
    with_content_type,
    with_relationship,
)
from reportgen.template.values import legal

Manifest = Mapping[str, object]

NAMESPACE = "urn:reportgen:figures:1"
PROPERTIES = "docProps/custom.xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CUSTOM_PROPERTIES = f"{_OFFICE}/custom-properties"
_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_ITEM = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_ITEM_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
# The format id that Office gives to user-defined document properties (ECMA-376 part 1, 22.3).
_USER_DEFINED = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def seal(issue: Issue, templates: Templates, content: bytes, proof: Proof, *, clean: bool) -> tuple[bytes, Manifest]:
    """The docx with its manifest inside, and the manifest; with `clean` the docx is left as it is."""
    listed = _manifest(issue, templates, proof.audit)
    return (content if clean else _embedded(content, issue, templates, listed)), listed


def _embedded(content: bytes, issue: Issue, templates: Templates, listed: Manifest) -> bytes:
    package = Package.open(content)
    item, item_properties = _free_item(package)
    types = with_content_type(package, None, PROPERTIES, _PROPERTIES_TYPE)
    types = with_content_type(package, types, item_properties, _ITEM_PROPERTIES_TYPE)
    main = package.main_part()
    main_rels, _ = with_relationship(package, None, main, f"{_OFFICE}/customXml", f"/{item}")
    item_rels, _ = with_relationship(package, None, item, f"{_OFFICE}/customXmlProps", f"/{item_properties}")
    out = BytesIO()
    added = {
        CONTENT_TYPES: types,
        relationships_name(main): main_rels,
        PROPERTIES: _properties_part(package, issue, templates),
        item: _manifest_part(listed),
        relationships_name(item): item_rels,
        item_properties: _item_properties(issue, templates),
    }
    if PROPERTIES not in package:
        added[relationships_name("")], _ = with_relationship(package, None, "", _CUSTOM_PROPERTIES, PROPERTIES)
    package.write(out, added, modified=issue_day(issue))
    return out.getvalue()


def _free_item(package: Package) -> tuple[str, str]:
    """Names for one more custom XML item and its properties, beside those that the template brought along."""
    number = next(n for n in itertools.count(1) if f"customXml/item{n}.xml" not in package)
    return f"customXml/item{number}.xml", f"customXml/itemProps{number}.xml"


def issue_day(issue: Issue) -> date | None:
    """编发日期: the date that the files' entries carry, so that bytes do not depend on the clock."""
    when = issue.dataset.masthead.date
    return when.start if when else None


def document_id(issue: Issue, templates: Templates) -> str:
    """Six hexadecimal digits derived from the inputs, so that the same inputs give the same bytes."""
    return hashlib.sha256(f"{issue.dataset.sha256}{templates.sha256}".encode()).hexdigest()[:6]


def _manifest(issue: Issue, templates: Templates, audit: Sequence[AuditRow]) -> Manifest:
    """What `<name>.figures.json` holds, but for the hashes of the files written."""
    return {
        "format": 1,
        "generator": f"reportgen {__version__}",
        "document": document_id(issue, templates),
        "workbook": {"file": issue.dataset.file, "sha256": issue.dataset.sha256},
        "template": {"name": templates.name, "sha256": templates.sha256},
        "figures": [_entry(row) for row in audit if row.figure is not None],
    }


def _manifest_part(content: Manifest) -> bytes:
    """The manifest as a customXml part: one element per figure."""
    root = etree.Element(f"{{{NAMESPACE}}}figures", nsmap=_default(NAMESPACE))
    root.set("document", str(content["document"]))
    figures = content["figures"]
    assert isinstance(figures, list)
    for entry in figures:
        attributes = {name: legal(str(value)) for name, value in entry.items() if not isinstance(value, list)}
        figure = etree.SubElement(root, f"{{{NAMESPACE}}}figure", attributes)
        for source in entry["sources"]:
            etree.SubElement(figure, f"{{{NAMESPACE}}}source", {name: legal(value) for name, value in source.items()})
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _properties_part(package: Package, issue: Issue, templates: Templates) -> bytes:
    """docProps/custom.xml: the document's id and the hashes of workbook and template, after the template's own.

    Nothing longer than 255 characters: Word cuts it.
    """
    if PROPERTIES in package:
        root = package.tree(PROPERTIES)
    else:
        root = etree.Element(f"{{{_PROPERTIES}}}Properties", nsmap=_default(_PROPERTIES, vt=_TYPES))
    first = max((int(taken.get("pid") or 1) for taken in root), default=1) + 1
    values = {
        "reportgen.document": document_id(issue, templates),
        "reportgen.workbook": issue.dataset.sha256,
        "reportgen.template": templates.sha256,
    }
    for number, (name, value) in enumerate(values.items(), first):
        element = etree.SubElement(root, f"{{{_PROPERTIES}}}property", fmtid=_USER_DEFINED, pid=str(number), name=name)
        etree.SubElement(element, f"{{{_TYPES}}}lpwstr").text = value
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _item_properties(issue: Issue, templates: Templates) -> bytes:
    """The properties part by which office programs know a customXml item; its GUID is derived from the inputs."""
    guid = uuid.uuid5(uuid.NAMESPACE_URL, f"{NAMESPACE}:{document_id(issue, templates)}")
    root = etree.Element(
        f"{{{_ITEM}}}datastoreItem", {f"{{{_ITEM}}}itemID": f"{{{str(guid).upper()}}}"}, nsmap={"ds": _ITEM}
    )
    references = etree.SubElement(root, f"{{{_ITEM}}}schemaRefs")
    etree.SubElement(references, f"{{{_ITEM}}}schemaRef", {f"{{{_ITEM}}}uri": NAMESPACE})
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


def _default(namespace: str, **prefixes: str) -> dict[Any, str]:
    """Namespaces with one that needs no prefix (whose key lxml writes None)."""
    return {None: namespace, **prefixes}
