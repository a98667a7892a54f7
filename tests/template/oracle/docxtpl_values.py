"""The values of docxtpl's scripts as the ones that reportgen.template has for the same purpose."""

from __future__ import annotations

import copy
import html
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docx
from docx.oxml import parse_xml
from docxtpl_scripts import Rendered
from lxml import etree
from word_forms import Look, text_style

from reportgen.template import Document, Picture
from reportgen.template.values import Span

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_EMU_PER_MM = 36_000
_HIDDEN = str.maketrans("\a\f", "\ue000\ue001")  # XML has no place for these
_SHOWN = str.maketrans(dict.fromkeys("\a\f\ue000\ue001", "\n"))


@dataclass(frozen=True, slots=True)
class Spans:
    """A RichText: text in pieces, each in a named style."""

    pieces: tuple[Span, ...]

    def __spans__(self) -> tuple[Span, ...]:
        return self.pieces


@dataclass
class Translation:
    """The values of one rendering. Formatting that RichText writes into the data becomes character styles of the
    template: `looks` says what each stands for. Sub-documents become files in `folder`."""

    rendered: Rendered
    folder: Path
    looks: dict[str, Look] = field(default_factory=dict)
    _styles: dict[str, str] = field(default_factory=dict)
    _names: dict[bytes, str] = field(default_factory=dict)

    def context(self) -> dict[str, Any]:
        return {name: self._value(value) for name, value in self.rendered.context.items()}

    def template(self) -> bytes:
        """The script's template with the styles that `context` needs."""
        return with_part(self.rendered.template, "word/styles.xml", "</w:styles>", "".join(self._styles.values()))

    def _value(self, value: Any) -> Any:
        """By the names of docxtpl's types: some of them are told apart by nothing else."""
        kind = type(value).__name__
        if isinstance(value, Mapping):
            return {key: self._value(item) for key, item in value.items()}
        if isinstance(value, (list, tuple)):
            return [self._value(item) for item in value]
        if kind == "Listing":
            return _signs(html.unescape(value.xml))
        if kind == "RichText":
            return self._spans(value.xml)
        if kind == "InlineImage":
            return _picture(value, self.rendered.folder)
        if kind in ("RichTextParagraph", "Subdoc"):
            return Document(self._file(value, kind))
        return _signs(value) if isinstance(value, str) else value

    def _spans(self, xml: str) -> Spans:
        text = xml.translate(_HIDDEN)
        runs = etree.fromstring(f"<w:p {_SPACES}>{text}</w:p>").iter(_W + "r")
        return Spans(tuple(Span(_signs("".join(run.itertext())), self._style(run.find(_W + "rPr"))) for run in runs))

    def _style(self, properties: etree._Element | None) -> str | None:
        if properties is None:
            return None
        named = properties.find(_W + "rStyle")
        if named is not None and len(properties) == 1:
            return named.get(_W + "val")
        key = etree.tostring(properties, with_tail=False)
        if key not in self._names:
            identity = self._names[key] = f"oracle{len(self._names)}"
            self._styles[identity], self.looks[identity] = text_style(identity, properties)
        return self._names[key]

    def _file(self, value: Any, kind: str) -> Path:
        """A document that holds the paragraphs: the script's own file, or the template with another body."""
        if kind == "Subdoc" and value.docpath is not None:
            return value.docpath
        if kind == "Subdoc":
            document, body = value.tpl.docx, copy.deepcopy(value.subdocx.element.body)
        else:
            document = docx.Document(io.BytesIO(self.rendered.template))
            xml = self.rendered.owner.resolve_listing(value.xml)  # turns \\a into paragraphs
            body = parse_xml(f"<w:body {_SPACES}>{xml}</w:body>")
        path = self.folder / f"{kind}{id(value)}.docx"
        root, old = document.element, document.element.body
        root.replace(old, body)
        document.save(str(path))
        root.replace(body, old)
        return path


class _ShownDict(dict[str, Any]):
    """A mapping that a template may print whole, as docxtpl does."""

    __str__ = dict.__repr__


class _ShownList(list[Any]):
    """A list that a template may print whole, as docxtpl does."""

    __str__ = list.__repr__


def shown(value: Any) -> Any:
    """`value` in a form that can be printed whole."""
    return _ShownDict(value) if isinstance(value, Mapping) else _ShownList(value)


def with_part(package: bytes, name: str, before: str, addition: str) -> bytes:
    """A package in one of whose parts `addition` stands in front of `before`."""
    if not addition:
        return package
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            data = source.read(info)
            if info.filename == name:
                data = data.decode().replace(before, addition + before).encode()
            target.writestr(info.filename, data)
    return out.getvalue()


def _signs(text: str) -> str:
    """\\a and \\f, docxtpl's signs for a new paragraph and a new page, as line breaks, the one sign there is."""
    return text.translate(_SHOWN)


def _picture(image: Any, folder: Path) -> Picture:
    """Picture knows a width; a height alone gives one by the picture's proportions."""
    path = folder / image.image_descriptor
    width = image.width
    if width is None and image.height is not None:
        native = docx.image.image.Image.from_file(str(path))
        width = image.height * native.px_width * native.vert_dpi / native.px_height / native.horz_dpi
    return Picture(path, None if width is None else width / _EMU_PER_MM)
