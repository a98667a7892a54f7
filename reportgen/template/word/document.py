"""A .docx package into programs, one for every part that holds tags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path

from reportgen.diagnostics import Diagnostic, FaultError, Place
from reportgen.diagnostics.catalogue import template as codes
from reportgen.diagnostics.catalogue.template import pictures as inserts
from reportgen.template.engine.environment import Engine
from reportgen.template.engine.names.elsewhere import set_elsewhere
from reportgen.template.engine.program import Program
from reportgen.template.engine.run import Run
from reportgen.template.engine.tags import fault_at
from reportgen.template.engine.types import Output, TemplateError
from reportgen.template.package import CONTENT_TYPES as TYPES_PART
from reportgen.template.package import Package, relationships_name
from reportgen.template.values import Document, Inserted
from reportgen.template.word.additions.macros import forget_macros, macro_parts
from reportgen.template.word.additions.notes import KINDS as NOTE_KINDS
from reportgen.template.word.additions.notes import Notes, notes_of
from reportgen.template.word.additions.numbering import NUMBERING_TYPE, Lists
from reportgen.template.word.additions.store import Store
from reportgen.template.word.inserts.folder import Folder
from reportgen.template.word.inserts.merge import Host, ignorable_of, merged_in
from reportgen.template.word.looks import Styles
from reportgen.template.word.part import Part, Surroundings
from reportgen.template.word.printing import INSERTER, Printer
from reportgen.template.word.reading.rooms import Rooms
from reportgen.template.word.reading.sources import CONTENT_TYPES, DOCUMENT, KINDS, STYLES, sources_of, style_root
from reportgen.template.word.repeated.ids import FirstIds
from reportgen.template.word.structure.contents import mark_contents

_CHUNK = 1 << 16  # characters encoded at a time
_MAX_DEPTH = 8  # of documents in documents
_DEPTH = object()


@dataclass(frozen=True, slots=True)
class WordDocument:
    """A compiled .docx: entry name → program, and what a filling starts from.

    `notes` are the parts that notes are added to, with the ids they have; `forgotten` the relationships that are made
    anew; `folder` the files that may be put in; `macros` the entries that are left out.
    """

    package: Package
    parts: Mapping[str, Program]
    texts: Sequence[tuple[str, Place]]
    hosts: Mapping[str, Host]
    notes: Mapping[str, frozenset[int]]
    forgotten: Sequence[tuple[str, str]]
    folder: Folder[WordDocument]
    notices: tuple[Diagnostic, ...] = ()
    macros: frozenset[str] = frozenset()

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
        return Output(changed, self.macros, partial(self._additions, run, store), self._waiting())

    def _waiting(self) -> frozenset[str]:
        """The entries that are known only when the text is."""
        types = self.package.content_types()
        names = {name for name, kind in types.items() if kind in (STYLES, NUMBERING_TYPE) or kind in NOTE_KINDS}
        links = {relationships_name(name) for name, kind in types.items() if kind in KINDS}
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
        if self.package.content_type(main) != DOCUMENT:
            store.declare(main, DOCUMENT)
        if self.macros:
            forget_macros(self.package, store, self.macros)
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
    sources = sources_of(package, number)
    first = FirstIds.of([source.root for source in sources])
    looks = style_root(package)
    main = next(source for source in sources if source.name == package.main_part())
    rooms = Rooms.of(main.root, looks)
    shared = Surroundings(package.name, first, Lists.of(looks), rooms)
    styles = Styles.of(looks)
    printer = Printer(styles, first.bookmark, first.drawing, main.root.nsmap, main.name)
    parts = {source.name: Part(source, shared, printer) for source in sources}
    macros = macro_parts(package)
    notices = _arranged(parts, main.name, package, macros)
    programs: dict[str, Program] = {}
    for name, part in parts.items():
        faults.extend(part.faults)
        if part.changed:
            programs[name] = Program(engine, part.items(), faults, part.source.rank)
    faults.extend(_unknown_styles(programs.values(), styles))
    _compile_inserted(programs.values(), folder, faults)
    _forget_own_names(programs.values(), folder)
    if number == 0:
        inserted = (program for document in folder.made for program in document.parts.values())
        faults.extend(set_elsewhere((*programs.values(), *inserted)))
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
        macros,
    )


def _arranged(parts: Mapping[str, Part], main: str, package: Package, macros: frozenset[str]) -> tuple[Diagnostic, ...]:
    """Moves notes into the text where need be, and keeps every part valid."""
    types, text = package.content_types(), parts[main]
    for name, part in parts.items():
        if kind := NOTE_KINDS.get(types[name]):
            text.takes(part, kind)
    for part in parts.values():
        part.keep_valid()
    place, notices = Place(file=package.name), []
    if macros:
        notices.append(codes.MACROS_DROPPED.at(place))
    if text.changed and mark_contents(text.root):
        notices.append(inserts.CONTENTS_STALE.at(place))
    return tuple(notices)


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
