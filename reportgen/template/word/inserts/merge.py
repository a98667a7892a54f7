"""A finished document put into another: its paragraphs and tables with the lists, pictures, notes, links and styles
that they need."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from reportgen.diagnostics import Diagnostic, Place
from reportgen.diagnostics.catalogue.template import pictures as codes
from reportgen.template.engine.run import Run
from reportgen.template.package import Package, Relationship
from reportgen.template.word.additions.notes import KINDS, NoteKind, notes_of
from reportgen.template.word.additions.numbering import ABSTRACT, ABSTRACT_ID, NUM, NUM_ID, NUM_PR, Lists
from reportgen.template.word.additions.store import OFFICE, Store, store_of
from reportgen.template.word.inserts.styles import USES, StyleMerge, styles_of
from reportgen.template.word.ooxml import P_PR, SECT_PR, W14, Element, P, Spaces, fragment, w, with_prefix
from reportgen.template.word.repeated.ids import FirstIds
from reportgen.template.word.repeated.lists import number_of, numbering_of

_VAL, _ID, _NAME = w("val"), w("id"), w("name")
_DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_IGNORABLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable"
_FIGURE_MARK = "_F_"
_WORD_OF_CODE = re.compile(r'[^\s"]+')
_SEPARATORS = (
    '<w:{name} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{name}>'
    '<w:{name} w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:{name}>'
)


@dataclass(frozen=True, slots=True)
class Host:
    """What the document is put into: the part with the tag, the prefixes and the ignorable ones its root declares, and
    the first free ids."""

    part: str
    spaces: Spaces
    ignorable: frozenset[str]
    first: FirstIds


def merged_in(source: Package, host: Host, run: Run) -> str:
    """The blocks of the body of `source` as XML for the part of the host; what they need is added to the package."""
    return _Merge(source, host, run).blocks()


class _Merge:
    def __init__(self, source: Package, host: Host, run: Run) -> None:
        self._source, self._host, self._run = source, host, run
        self._store: Store = store_of(run.state)
        self._main = source.main_part()
        self._numbers: dict[str, str] = {}
        self._copied: dict[str, str] = {}
        self._styles = styles_of(source, self._main)
        self._lists = self._part("numbering")

    def blocks(self) -> str:
        root = with_prefix(self._source.tree(self._main))
        body = root.find(w("body"))
        if body is None:
            return ""
        for section in list(body.iter(SECT_PR)):
            parent = section.getparent()
            if parent is not None:
                parent.remove(section)
                if parent is not body:
                    self._tell(codes.SECTIONS_DROPPED.at(Place(file=self._source.name), file=self._source.name))
        self._count_anew(root)
        self._adapt(root, self._main, self._host.part)
        self._notes(body)
        return "".join(fragment(child, self._host.spaces) for child in body if isinstance(child.tag, str))

    def _adapt(self, root: Element, part: str, into: str) -> None:
        """Makes everything under `root`, a part's own, fit the part `into` of the host."""
        self._drop_ignorable(root)
        self._restyle(root)
        for node in root.iter(NUM_ID):
            node.set(_VAL, self._number(node.get(_VAL, "")))
        self._relate(root, part, into)
        self._renumber(root)

    def _drop_ignorable(self, root: Element) -> None:
        """What only newer programs understand, and the host's part does not say may be ignored."""
        prefixes = set(root.get(_IGNORABLE, "").split()) - self._host.ignorable
        spaces = (*tuple(f"{{{root.nsmap[prefix]}}}" for prefix in prefixes if prefix in root.nsmap), f"{{{W14}}}para")
        for node in list(root.iter(etree.Element)):
            for name in [name for name in node.attrib if str(name).startswith(spaces)]:
                del node.attrib[name]
            parent = node.getparent()
            if parent is not None and str(node.tag).startswith(spaces):
                parent.remove(node)

    def _restyle(self, root: Element) -> None:
        merge = self._run.state.get(StyleMerge)
        if not isinstance(merge, StyleMerge):
            merge = self._run.state[StyleMerge] = StyleMerge(self._store)
        ids, differing = merge.bring(root.iter(*USES), self._styles, self._number)
        for node in list(root.iter(*USES)):
            if node.get(_VAL, "") in ids:
                node.set(_VAL, ids[node.get(_VAL, "")])
            elif (parent := node.getparent()) is not None:
                parent.remove(node)  # a style that its own document does not have
        for name in differing:
            self._tell(codes.STYLE_DIFFERS.at(Place(file=self._source.name), file=self._source.name, name=name))

    def _number(self, old: str) -> str:
        """The numId in the host of a list of this document."""
        if old not in self._numbers:
            node, abstract = self._definition(old)
            made = (
                None if node is None or abstract is None else numbering_of(self._run).adopted(node, _untied(abstract))
            )
            self._numbers[old] = made or "0"
        return self._numbers[old]

    def _count_anew(self, root: Element) -> None:
        """Lists that paragraphs have from a style begin anew with each document: they get the list said outright."""
        lists = Lists.of(self._styles)
        for paragraph in root.iter(P):
            properties = paragraph.find(P_PR)
            if properties is not None and properties.find(NUM_PR) is None:
                number, level = lists.number_of(paragraph)
                if number and not self._is_bulleted(number, level):
                    number_of(paragraph, level).set(_VAL, number)

    def _definition(self, number: str) -> tuple[Element | None, Element | None]:
        """The w:num and the w:abstractNum of a list of this document."""
        nodes = self._lists.iter(NUM) if self._lists is not None else iter(())
        node = next((node for node in nodes if node.get(NUM_ID) == number), None)
        reference = node.find(ABSTRACT_ID) if node is not None else None
        if self._lists is None or reference is None:
            return node, None
        found = (other for other in self._lists.iter(ABSTRACT) if other.get(ABSTRACT_ID) == reference.get(_VAL))
        return node, next(found, None)

    def _is_bulleted(self, number: str, level: str) -> bool:
        abstract = self._definition(number)[1]
        levels = [] if abstract is None else [n for n in abstract.findall(w("lvl")) if n.get(w("ilvl")) == level]
        form = levels[0].find(w("numFmt")) if levels else None
        return form is not None and form.get(_VAL) == "bullet"

    def _relate(self, root: Element, part: str, into: str) -> None:
        known = {relationship.id: relationship for relationship in self._source.related(part)}
        for node in root.iter(etree.Element):
            for name, value in node.attrib.items():
                if str(name).startswith(f"{{{OFFICE}}}") and str(value) in known:
                    node.set(name, self._relationship(known[str(value)], into))

    def _relationship(self, relationship: Relationship, into: str) -> str:
        if relationship.external:
            return self._store.relate(into, relationship.kind, relationship.target, external=True)
        return self._store.relate(into, relationship.kind, self._copy(relationship.target))

    def _copy(self, name: str) -> str:
        """A part of the document with everything it refers to; its name in the host."""
        if name in self._copied or name not in self._source:
            return self._copied.get(name, name)
        content, kind = self._source.read(name), self._source.content_type(name)
        if posixpath.dirname(name).endswith("media"):
            self._copied[name] = self._store.media(content, posixpath.splitext(name)[1][1:], kind)
            return self._copied[name]
        fresh = self._copied[name] = self._store.free_name(name)
        related = self._source.related(name)
        if related:
            root = self._source.tree(name)
            self._relate(root, name, fresh)
            content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        self._store.add_part(fresh, content, kind)
        return fresh

    def _renumber(self, root: Element) -> None:
        """Bookmarks, drawings and content controls get ids and names of their own."""
        names: dict[str, str] = {}
        numbers: dict[str, str] = {}
        for node in list(root.iter(w("bookmarkStart"), w("bookmarkEnd"), _DOC_PR, w("sdtPr"))):
            if node.tag == _DOC_PR:
                node.set("id", str(self._run.next_id("drawing", self._host.first.drawing)))
            elif node.tag == w("sdtPr"):
                for child in node.findall(_ID):
                    node.remove(child)
            else:
                old = node.get(_ID, "")
                if old not in numbers:
                    numbers[old] = str(self._run.next_id("bookmark", self._host.first.bookmark))
                node.set(_ID, numbers[old])
                if node.tag == w("bookmarkStart"):
                    names[node.get(_NAME, "")] = fresh = self._bookmark(node.get(_NAME, ""))
                    node.set(_NAME, fresh)
        _rename(root, {old: new for old, new in names.items() if old != new})

    def _bookmark(self, name: str) -> str:
        if name.startswith(_FIGURE_MARK):
            return name  # unique already
        taken = self._run.state.setdefault(_Merge, set(self._host.first.names))
        assert isinstance(taken, set)
        fresh = next(
            new for n in range(1, len(taken) + 2) if (new := name if n == 1 else f"{name[:36]}_{n}") not in taken
        )
        taken.add(fresh)
        return fresh

    def _notes(self, body: Element) -> None:
        for kind in KINDS.values():
            references = list(body.iter(*kind.references))
            notes = self._part(kind.relationship) if references else None
            if notes is None:
                continue
            notes = with_prefix(notes)
            name = self._store.related(kind.relationship, kind.content_type, f"{kind.relationship}.xml")
            if self._store.read(name) is None:
                self._store.add_part(name, _empty(kind))
            source = next(
                r.target for r in self._source.related(self._main) if r.kind.endswith(f"/{kind.relationship}")
            )
            self._adapt(notes, source, name)
            self._number_notes(references, {note.get(_ID, ""): note for note in notes.findall(kind.element)}, name)

    def _number_notes(self, references: list[Element], notes: Mapping[str, Element], part: str) -> None:
        collected = notes_of(self._run.state, part)
        numbers: dict[str, str] = {}
        for node in references:
            old = node.get(_ID, "")
            if old not in numbers and old in notes:
                numbers[old] = str(collected.number(0))
                notes[old].set(_ID, numbers[old])
                collected.add(etree.tostring(notes[old], encoding="unicode", with_tail=False))
            if old in numbers:
                node.set(_ID, numbers[old])

    def _part(self, kind: str) -> Element | None:
        parts = (r.target for r in self._source.related(self._main) if r.kind == f"{OFFICE}/{kind}")
        return next((self._source.tree(part) for part in parts if part in self._source), None)

    def _tell(self, notice: Diagnostic) -> None:
        self._run.notices[notice] = None


def _untied(abstract: Element) -> Element:
    """A list's definition whose levels belong to no styles."""
    for level in abstract.iter(w("lvl")):
        for style in level.findall(w("pStyle")):
            level.remove(style)
    return abstract


def _rename(root: Element, names: Mapping[str, str]) -> None:
    """The fields and links that name renamed bookmarks."""
    for node in root.iter(w("instrText"), w("fldSimple"), w("hyperlink")) if names else ():
        if node.tag == w("instrText") and node.text:
            node.text = _WORD_OF_CODE.sub(lambda found: names.get(found[0], found[0]), node.text)
        elif node.tag == w("fldSimple"):
            code = node.get(w("instr"), "")
            node.set(w("instr"), _WORD_OF_CODE.sub(lambda found: names.get(found[0], found[0]), code))
        elif node.get(w("anchor"), "") in names:
            node.set(w("anchor"), names[node.get(w("anchor"), "")])


def _empty(kind: NoteKind) -> bytes:
    """A notes part with nothing but what Word expects in it."""
    name = etree.QName(kind.element).localname
    separators = _SEPARATORS.format(name=name) if name != "comment" else ""
    return f'<w:{name}s xmlns:w="{w("")[1:-1]}">{separators}</w:{name}s>'.encode()


def ignorable_of(root: Element) -> frozenset[str]:
    """The prefixes that a part's root lets programs ignore."""
    return frozenset(root.get(_IGNORABLE, "").split())
