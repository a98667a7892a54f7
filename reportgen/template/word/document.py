"""A .docx package into programs, one for every part that holds tags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from reportgen.diagnostics import Diagnostic, FaultError, Place
from reportgen.diagnostics.catalogue import template as codes
from reportgen.diagnostics.catalogue.template import pictures as inserts
from reportgen.template.engine.environment import Engine
from reportgen.template.engine.program import Program
from reportgen.template.engine.run import Run
from reportgen.template.engine.tags import fault_at
from reportgen.template.engine.types import Output, TemplateError
from reportgen.template.package import CONTENT_TYPES as TYPES_PART
from reportgen.template.package import Package, relationships_name
from reportgen.template.values import Document, Inserted
from reportgen.template.word.additions.notes import KINDS as NOTE_KINDS
from reportgen.template.word.additions.notes import Notes, notes_of
from reportgen.template.word.additions.numbering import NUMBERING_TYPE, Lists
from reportgen.template.word.additions.store import Store
from reportgen.template.word.frames import Rooms, indent_of
from reportgen.template.word.inserts.folder import Folder
from reportgen.template.word.inserts.merge import Host, ignorable_of, merged_in
from reportgen.template.word.looks import Styles
from reportgen.template.word.ooxml import P_PR, Element, is_strict, w
from reportgen.template.word.part import Part, Source, Surroundings
from reportgen.template.word.printing import INSERTER, Printer
from reportgen.template.word.repeated.ids import FirstIds
from reportgen.template.word.structure.contents import mark_contents

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_MACROS = "application/vnd.ms-word."
# What a template becomes; the others stay what they are.
_AS_DOCUMENT = {
    f"{_WORD}template.main+xml": f"{_WORD}document.main+xml",
    f"{_MACROS}template.macroEnabledTemplate.main+xml": f"{_MACROS}document.macroEnabled.main+xml",
}
CONTENT_TYPES = frozenset({*_AS_DOCUMENT, *_AS_DOCUMENT.values()})
_STYLES = f"{_WORD}styles+xml"
_CHUNK = 1 << 16  # characters encoded at a time


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of part: what users call it, whether there may be several, and what it holds."""

    label: str
    several: bool = False
    has_paragraphs: bool = True


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
_MAX_DEPTH = 8  # of documents in documents
_DEPTH = object()


@dataclass(frozen=True, slots=True)
class WordDocument:
    """A compiled .docx: entry name → program, and what a filling starts from.

    `notes` are the parts that notes are added to, with the ids they have; `forgotten` the relationships that are made
    anew; `folder` the files that may be put in.
    """

    package: Package
    parts: Mapping[str, Program]
    texts: Sequence[tuple[str, Place]]
    hosts: Mapping[str, Host]
    notes: Mapping[str, frozenset[int]]
    forgotten: Sequence[tuple[str, str]]
    folder: Folder[WordDocument]
    notices: tuple[Diagnostic, ...] = ()
    defined: frozenset[str] = field(default=frozenset())

    @property
    def programs(self) -> tuple[Program, ...]:
        inserted = (program for document in self.folder.made for program in document.parts.values())
        return (*self.parts.values(), *inserted)

    def render(self, run: Run) -> Output:
        """The parts that hold tags, encoded while they are written; what they add comes when all are."""
        store = run.state[Store] = Store(self.package)
        for name, ids in self.notes.items():
            run.state[(Notes, name)] = Notes(name, taken=set(ids))
        run.state[INSERTER] = self._insert
        run.notices.update(dict.fromkeys(self.notices))
        changed = {n: _encoded(program.stream(run)) for n, program in self.parts.items() if n not in self.notes}
        return Output(changed, late=lambda: self._additions(run, store), waiting=self._waiting())

    def _waiting(self) -> frozenset[str]:
        """The entries that are known only when the text is."""
        types = self.package.content_types()
        names = {name for name, kind in types.items() if kind in (_STYLES, NUMBERING_TYPE) or kind in NOTE_KINDS}
        links = {relationships_name(name) for name, kind in types.items() if kind in _KINDS}
        return frozenset({TYPES_PART, *names, *links})

    def _additions(self, run: Run, store: Store) -> Mapping[str, bytes]:
        for name in dict.fromkeys(
            (*self.notes, *(key[1] for key in run.state if isinstance(key, tuple) and key[0] is Notes))
        ):
            program, notes = self.parts.get(name), notes_of(run.state, name)
            if program is not None or notes.printed:
                base = "".join(program.stream(run)).encode() if program is not None else store.read(name) or b""
                if not run.has_faults:
                    store.add_part(name, notes.complete(base, self.package.name))
        for part, identity in self.forgotten:
            store.forget(part, identity)
        main = self.package.main_part()
        if kind := _AS_DOCUMENT.get(self.package.content_type(main)):
            store.declare(main, kind)  # Word opens no .docx that calls itself a template
        return store.changes()

    def _insert(self, value: Document | Inserted, part: str, run: Run) -> str:
        """A document as blocks of `part`. Its faults go to the run; FaultError when there is none to open."""
        path = Path(value.path) if isinstance(value, Document) else self.folder.path_of(value.name)
        depth = run.state.get(_DEPTH, 0)
        assert isinstance(depth, int)
        if depth >= _MAX_DEPTH:
            raise FaultError(inserts.INSERTED_IN_ITSELF, name=path.name)
        faults: list[Diagnostic] = []
        document = self.folder.open(path, faults, None if isinstance(value, Document) else value.name)
        for fault in faults:
            run.report(fault)
        if document is None or faults:
            return ""
        with run.nested(value.names) as inner:
            inner.state[_DEPTH] = depth + 1
            filled = document.filled(inner)
        return "" if run.has_faults else merged_in(filled, self.hosts[part], run)

    def filled(self, run: Run) -> Package:
        """The document as a package of its own."""
        out = BytesIO()
        output = self.render(run)
        changed = {name: b"".join(content) for name, content in output.changed.items()}
        self.package.write(out, changed, output.removed, late=output.late, waiting=output.waiting)
        return Package.open(out.getvalue(), self.package.name)


def compile_package(package: Package, engine: Engine, faults: list[Diagnostic]) -> WordDocument:
    """Every part of `package` with tags as a program, and the files of its folder that it names. Faults of all parts
    are added to `faults`."""

    def compile_file(file: Package, found: list[Diagnostic], number: int) -> WordDocument:
        if file.content_type(file.main_part()) not in CONTENT_TYPES:
            raise TemplateError([inserts.NOT_A_DOCUMENT.at(Place(file=file.name), name=file.name)])
        return _compiled(file, engine, found, folder, number)

    folder: Folder[WordDocument] = Folder(package, compile_file)
    return _compiled(package, engine, faults, folder, 0)


def _compiled(
    package: Package, engine: Engine, faults: list[Diagnostic], folder: Folder[WordDocument], number: int
) -> WordDocument:
    sources = _sources(package, number)
    first = FirstIds.of([source.root for source in sources])
    style_root = _style_root(package)
    main = next(source for source in sources if source.name == package.main_part())
    rooms = Rooms.of(main.root, _indents(style_root))
    shared = Surroundings(package.name, first, Lists.of(style_root), rooms)
    styles = _styles(style_root)
    printer = Printer(styles, first.bookmark, first.drawing, main.root.nsmap, main.name)
    parts = {source.name: Part(source, shared, printer) for source in sources}
    notices = _arranged(parts, main.name, package)
    programs: dict[str, Program] = {}
    for name, part in parts.items():
        faults.extend(part.faults)
        if part.changed:
            programs[name] = Program(engine, part.items(), faults, part.source.rank)
    faults.extend(_unknown_styles(programs.values(), styles))
    _compile_inserted(programs.values(), folder, faults)
    _forget_own_names(programs.values(), folder)
    types = package.content_types()
    return WordDocument(
        package,
        programs,
        tuple(text for part in parts.values() for text in part.texts),
        {n: Host(n, part.root.nsmap, ignorable_of(part.root), first) for n, part in parts.items()},
        {n: frozenset(part.note_ids(NOTE_KINDS[types[n]])) for n, part in parts.items() if types[n] in NOTE_KINDS},
        tuple((source.name, identity) for source in sources for identity in source.links),
        folder,
        notices,
    )


def _arranged(parts: Mapping[str, Part], main: str, package: Package) -> tuple[Diagnostic, ...]:
    """Moves notes into the text where need be, and keeps every part valid."""
    types, text = package.content_types(), parts[main]
    for name, part in parts.items():
        if kind := NOTE_KINDS.get(types[name]):
            text.takes(part, kind)
    for part in parts.values():
        part.keep_valid()
    if text.changed and mark_contents(text.root):
        return (inserts.CONTENTS_STALE.at(Place(file=package.name)),)
    return ()


def _compile_inserted(programs: Iterable[Program], folder: Folder[WordDocument], faults: list[Diagnostic]) -> None:
    """The files that tags name in so many words are compiled at once, so that their faults show without data."""
    for program in programs:
        for name, spot in program.inserted:
            try:
                folder.open(folder.path_of(name), faults, name)
            except FaultError as error:
                faults.append(fault_at(spot, error.code, **error.values))


def _forget_own_names(programs: Iterable[Program], folder: Folder[WordDocument]) -> None:
    """What a template gives a name itself, its files may use: no name that the data must have."""
    own = frozenset(name for program in programs for name in program.defined) | {"loop"}
    for document in folder.made:
        for program in document.parts.values():
            program.reads = tuple(read for read in program.reads if read.name not in own)


def _sources(package: Package, number: int) -> list[Source]:
    """The parts that may hold tags, in reading order; `number` is that of the file among those of the folder."""
    order = list(_KINDS)
    types = package.content_types()
    known = [name for name in package.names() if types.get(name) in _KINDS]
    known.sort(key=lambda name: (order.index(types[name]), _numbers(name), name))
    counts: dict[str, int] = {}
    sources: list[Source] = []
    for name in known:
        kind = _KINDS[types[name]]
        counts[kind.label] = counts.get(kind.label, 0) + 1
        label = f"{kind.label}{counts[kind.label]}" if kind.several else kind.label
        root = package.tree(name)
        if is_strict(root):
            raise TemplateError([codes.STRICT.at(Place(file=package.name))])
        links = package.tree(relationships_name(name)) if relationships_name(name) in package else None
        rank = number * 1_000 + len(sources)
        source = Source.of(name, rank, label, package.read(name), root, links if kind.has_paragraphs else None)
        sources.append(source if kind.has_paragraphs else source.without_paragraphs())
    return sources


def _numbers(name: str) -> tuple[int, ...]:
    """header10.xml comes after header9.xml."""
    return tuple(int(digits) for digits in re.findall(r"\d+", name))


def _style_root(package: Package) -> Element | None:
    types = package.content_types()
    return next((package.tree(name) for name in package.names() if types.get(name) == _STYLES), None)


def _styles(root: Element | None) -> Styles:
    names: dict[str, str] = {}
    ids: dict[str, str] = {}
    others: set[str] = set()
    for style in root.iter(w("style")) if root is not None else ():
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


def _indents(root: Element | None) -> Mapping[str, int]:
    """Paragraph style → the twips its indents take of a line."""
    found: dict[str, int] = {}
    for style in root.iter(w("style")) if root is not None else ():
        indent = style.find(f"{P_PR}/{w('ind')}")
        if indent is not None:
            found[style.get(w("styleId"), "")] = indent_of(indent)
    return found


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
