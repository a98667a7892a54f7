"""A .docx package into programs, one for every part that holds tags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from reportgen.diagnostics import Diagnostic, Place
from reportgen.diagnostics.catalogue import template as codes
from reportgen.template.engine.environment import Engine
from reportgen.template.engine.program import Program
from reportgen.template.engine.run import Run
from reportgen.template.engine.tags import fault_at
from reportgen.template.engine.types import Output, TemplateError
from reportgen.template.package import CONTENT_TYPES as TYPES_PART
from reportgen.template.package import Package, relationships_name, with_content_type
from reportgen.template.suspicion import has_braces
from reportgen.template.syntax import may_hold_tags
from reportgen.template.word.blocks import Lifter, is_alone
from reportgen.template.word.marks import Joiner, Marks
from reportgen.template.word.ooxml import Element, Places, is_strict, w, with_prefix
from reportgen.template.word.printing import Printer, RunSite, Styles
from reportgen.template.word.repeats import FirstIds, end_with_paragraphs, guard_tables, hold_back, renew_ids

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_MACROS = "application/vnd.ms-word."
# What a template becomes; the others stay what they are.
_AS_DOCUMENT = {
    f"{_WORD}template.main+xml": f"{_WORD}document.main+xml",
    f"{_MACROS}template.macroEnabledTemplate.main+xml": f"{_MACROS}document.macroEnabled.main+xml",
}
CONTENT_TYPES = frozenset({*_AS_DOCUMENT, *_AS_DOCUMENT.values()})
_STYLES = f"{_WORD}styles+xml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CHUNK = 1 << 16  # characters encoded at a time


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of part: what users call it, whether there may be several, and what it holds."""

    label: str
    several: bool = False
    has_paragraphs: bool = True
    has_links: bool = False


# In reading order, which is the order of diagnostics.
_KINDS: Mapping[str, _Kind] = {
    **{kind: _Kind("正文") for kind in sorted(CONTENT_TYPES)},
    f"{_WORD}header+xml": _Kind("页眉", several=True),
    f"{_WORD}footer+xml": _Kind("页脚", several=True),
    f"{_WORD}footnotes+xml": _Kind("脚注"),
    f"{_WORD}endnotes+xml": _Kind("尾注"),
    f"{_WORD}comments+xml": _Kind("批注"),
    "application/vnd.openxmlformats-officedocument.drawingml.chart+xml": _Kind("图表", True, False),
    "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml": _Kind("图示", True, False),
    "application/vnd.openxmlformats-package.core-properties+xml": _Kind("文档属性", False, False),
    "application/vnd.openxmlformats-officedocument.extended-properties+xml": _Kind("扩展属性", False, False),
    "application/vnd.openxmlformats-officedocument.custom-properties+xml": _Kind("自定义属性", False, False),
}
_LINKS = _Kind("链接", has_paragraphs=False, has_links=True)


@dataclass(frozen=True, slots=True)
class _Part:
    """A part as read: its entry name, its kind's rank, what users call it, its bytes and its tree."""

    name: str
    rank: int
    label: str
    kind: _Kind
    source: bytes
    root: Element


@dataclass(frozen=True, slots=True)
class WordDocument:
    """A compiled .docx: entry name → program, and the content types when they change."""

    parts: Mapping[str, Program]
    types: bytes | None = None
    texts: Sequence[tuple[str, Place]] = ()

    @property
    def programs(self) -> tuple[Program, ...]:
        return tuple(self.parts.values())

    def render(self, run: Run) -> Output:
        """The parts that hold tags, encoded while they are written."""
        changed: dict[str, Iterable[bytes]] = {n: _encoded(program.stream(run)) for n, program in self.parts.items()}
        if self.types is not None:
            changed[TYPES_PART] = (self.types,)
        return Output(changed)


def compile_package(package: Package, engine: Engine, faults: list[Diagnostic]) -> WordDocument:
    """Every part of `package` with tags as a program. Faults of all parts are added to `faults`."""
    parts = _parts(package)
    first = FirstIds.of(part.root for part in parts)
    styles = _styles(package)
    programs = {}
    texts: list[tuple[str, Place]] = []
    for part in parts:
        printer = Printer(styles, first.bookmark, part.root.nsmap)
        program = _compile(part, package.name, engine, printer, first, faults, texts)
        if program is not None:
            programs[part.name] = program
    faults.extend(_unknown_styles(programs.values(), styles))
    return WordDocument(programs, _document_types(package), texts)


def _parts(package: Package) -> list[_Part]:
    """The parts that may hold tags, in reading order."""
    order = list(_KINDS)
    types = package.content_types()
    known = [name for name in package.names() if types.get(name) in _KINDS]
    known.sort(key=lambda name: (order.index(types[name]), _numbers(name), name))
    counts: dict[str, int] = {}
    parts: list[_Part] = []
    for name in known:
        kind = _KINDS[types[name]]
        counts[kind.label] = counts.get(kind.label, 0) + 1
        label = f"{kind.label}{counts[kind.label]}" if kind.several else kind.label
        parts.append(_part(package, name, len(parts), label, kind))
        links = relationships_name(name)
        if kind.has_paragraphs and links in package:
            parts.append(_part(package, links, len(parts), f"{label}的{_LINKS.label}", _LINKS))
    return parts


def _part(package: Package, name: str, rank: int, label: str, kind: _Kind) -> _Part:
    root = package.tree(name)
    if is_strict(root):
        raise TemplateError([codes.STRICT.at(Place(file=package.name))])
    etree.strip_elements(root, etree.Comment, etree.PI, with_tail=False)
    return _Part(name, rank, label, kind, package.read(name), root)


def _numbers(name: str) -> tuple[int, ...]:
    """header10.xml comes after header9.xml."""
    return tuple(int(digits) for digits in re.findall(r"\d+", name))


def _compile(
    part: _Part,
    file: str,
    engine: Engine,
    printer: Printer,
    first: FirstIds,
    faults: list[Diagnostic],
    texts: list[tuple[str, Place]],
) -> Program | None:
    """One part into a program; None when it holds no tag. Paragraphs with braces are added to `texts`."""
    text = part.source.decode("utf-8", "replace")
    if not has_braces(text) and not may_hold_tags(text) and not part.kind.has_links:
        return None
    root = with_prefix(part.root) if part.kind.has_paragraphs else part.root
    marks = Marks(part.source, part.name)
    found: list[Diagnostic] = []
    joiner = Joiner(marks, replace(printer, spaces=root.nsmap), Places(root, file, part.label), found)
    changed = joiner.join_links(root) if part.kind.has_links else joiner.join(root)
    texts.extend(joiner.texts)
    if part.kind.has_paragraphs:
        _arrange(root, marks, first, found)
    faults.extend(found)
    if not changed:
        return None
    items = hold_back(marks.items(_DECLARATION + etree.tostring(root, encoding="unicode")))
    return Program(engine, items, faults, part.rank)


def _arrange(root: Element, marks: Marks, first: FirstIds, faults: list[Diagnostic]) -> None:
    """Brings the control tags to their level, then sees to it that the part stays valid whatever they do."""
    lifter = Lifter(marks, faults)
    fences = lifter.lift(root)
    for node in marks.nodes(root):
        site, paragraph = marks[node].site, node.getparent()
        if isinstance(site, RunSite) and paragraph is not None and is_alone(marks, node):
            site.stand_alone(paragraph)
    if faults:
        return
    renew_ids(root, marks, fences, first, faults)
    end_with_paragraphs(root, marks, lifter, fences)
    guard_tables(root, marks, fences)


def _document_types(package: Package) -> bytes | None:
    """A .dotx or .dotm gives a document: Word opens no .docx that calls itself a template."""
    name = package.main_part()
    kind = _AS_DOCUMENT.get(package.content_type(name))
    return with_content_type(package, None, name, kind) if kind else None


def _styles(package: Package) -> Styles:
    types = package.content_types()
    names: dict[str, str] = {}
    ids: dict[str, str] = {}
    others: set[str] = set()
    for part in (name for name in package.names() if types.get(name) == _STYLES):
        for style in package.tree(part).iter(w("style")):
            label, link = style.find(w("name")), style.find(w("link"))
            name, identity = label.get(w("val"), "") if label is not None else "", style.get(w("styleId"), "")
            target = identity if style.get(w("type")) == "character" else None
            if target is None and link is not None and style.get(w("type")) == "paragraph":
                target = link.get(w("val"))
            if target:
                names.setdefault(name, target)
                ids.setdefault(identity, target)
            else:
                others.update((name, identity))
    return Styles({**ids, **names}, frozenset(others))


def _unknown_styles(programs: Iterable[Program], styles: Styles) -> Iterator[Diagnostic]:
    """Style names that tags write out and the document does not have: known before anything is filled."""
    for program in programs:
        for name, spot in program.styles:
            if not styles.knows(name):
                yield fault_at(spot, codes.UNKNOWN_STYLE, name=name, near=styles.instead(name))


def _encoded(chunks: Iterable[str]) -> Iterator[bytes]:
    """Text into bytes, many small chunks at a time."""
    batch: list[str] = []
    size = 0
    for chunk in chunks:
        batch.append(chunk)
        size += len(chunk)
        if size >= _CHUNK:
            yield "".join(batch).encode()
            batch.clear()
            size = 0
    yield "".join(batch).encode()
