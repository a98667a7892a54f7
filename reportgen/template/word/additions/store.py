"""What a filling adds to the package beside the text: relationships, pictures and other parts, and their types."""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Callable, Mapping

from lxml import etree

from reportgen.diagnostics import FaultError, Place
from reportgen.template.package import CONTENT_TYPES, RELATIONSHIPS_NS, Package, parse, relationships_name, serialise
from reportgen.template.values import Picture
from reportgen.template.word.additions.images import Image, read_image

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONSHIP = f"{RELATIONSHIPS_NS}Relationship"
_NO_RELATIONSHIPS = f'<Relationships xmlns="{RELATIONSHIPS_NS[1:-1]}"/>'.encode()


class Store:
    """The additions of one filling. Changed parts are given out by `changes`, when the text is complete."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._names = {name.casefold() for name in package.names()}
        self._parts: dict[str, bytes] = {}
        self._growing: dict[str, Callable[[], bytes]] = {}
        self._promised: dict[str, tuple[str, str]] = {}  # parts not there yet: relationship and content type
        self._defaults: dict[str, str] = {}
        self._overrides: dict[str, str] = {}
        self._dropped: set[str] = set()
        self._relationships: dict[str, _Relationships] = {}
        self._media: dict[bytes, str] = {}
        self._images: dict[str, Image] = {}

    def image(self, picture: Picture) -> Image:
        """The picture's file, read once. Raises FaultError, which names the cell that asked for it, when Word could not
        show it."""
        key = str(picture.path)
        if key not in self._images:
            try:
                self._images[key] = read_image(picture.path)
            except FaultError as fault:
                raise _asked_for(fault, picture.place) from None
        return self._images[key]

    def picture(self, image: Image, part: str) -> str:
        """The id by which `part` shows the picture."""
        return self.relate(part, f"{OFFICE}/image", self.media(image.content, image.extension, image.content_type))

    def media(self, content: bytes, extension: str, content_type: str) -> str:
        """The entry of a picture file, which is stored once however often it is shown."""
        digest = hashlib.sha256(content).digest()
        if digest not in self._media:
            name = self.free_name(f"word/media/image1.{extension}")
            self.add_part(name, content)
            self._defaults[extension.lower()] = content_type
            self._media[digest] = name
        return self._media[digest]

    def relate(self, part: str, kind: str, target: str, *, external: bool = False) -> str:
        """The id by which `part` refers to an entry of the package, or to an address when `external`."""
        return self._of(part).id_of(kind, target, external)

    def forget(self, part: str, identity: str) -> None:
        """Drops a relationship of the template."""
        self._of(part).forgotten.add(identity)

    def add_part(self, name: str, content: bytes, content_type: str | None = None) -> None:
        """A new or changed entry; without a content type that of its extension holds."""
        self._parts[name] = content
        self._arrive(name)
        if content_type:
            self._overrides[name] = content_type

    def add_growing(self, name: str, content: Callable[[], bytes]) -> None:
        """A new or changed entry that goes on changing: it is written once, when the text is complete."""
        self._growing[name] = content
        self._arrive(name)

    def _arrive(self, name: str) -> None:
        self._names.add(name.casefold())
        if name in self._promised:
            kind, content_type = self._promised.pop(name)
            self.relate(self.package.main_part(), kind, name)
            self._overrides[name] = content_type

    def declare(self, name: str, content_type: str) -> None:
        """Gives an entry of the template another content type."""
        self._overrides[name] = content_type

    def drop(self, name: str) -> None:
        """Says nothing more of an entry that is left out."""
        self._dropped.add(f"/{name}".lower())

    def read(self, name: str) -> bytes | None:
        """An entry as it is by now; None when there is none."""
        if name in self._growing:
            return self._growing[name]()
        if name in self._parts:
            return self._parts[name]
        return self.package.read(name) if name in self.package else None

    def free_name(self, like: str) -> str:
        """A name for a new entry: `like` with the next number that is free."""
        stem, extension = posixpath.splitext(like)
        stem = stem.rstrip("0123456789")
        return next(
            name
            for n in range(1, len(self._names) + 2)
            if (name := f"{stem}{n}{extension}").casefold() not in self._names
        )

    def related(self, kind: str, content_type: str, like: str) -> str:
        """The entry of that kind that the main part refers to; if none, one it refers to as soon as it is added."""
        main = self.package.main_part()
        for relationship in self.package.related(main):
            if relationship.kind == f"{OFFICE}/{kind}" and not relationship.external:
                return relationship.target
        name = posixpath.join(posixpath.dirname(main), like)
        if name in self.package:
            self.relate(main, f"{OFFICE}/{kind}", name)
            self._overrides[name] = content_type
        elif name not in self._parts and name not in self._growing:
            self._promised[name] = (f"{OFFICE}/{kind}", content_type)
        return name

    def changes(self) -> Mapping[str, bytes]:
        """Every entry that is new or different."""
        changed = {**self._parts, **{name: content() for name, content in self._growing.items()}}
        for part, relationships in self._relationships.items():
            name = relationships_name(part)
            root = parse(self.read(name) or _NO_RELATIONSHIPS, name, self.package.name)
            if relationships.write(root):
                changed[name] = serialise(root)
        if self._defaults or self._overrides or self._dropped:
            changed[CONTENT_TYPES] = self._content_types()
        return changed

    def _of(self, part: str) -> _Relationships:
        if part not in self._relationships:
            taken = [relationship.id for relationship in self.package.related(part)]
            self._relationships[part] = _Relationships(posixpath.dirname(part), taken)
        return self._relationships[part]

    def _content_types(self) -> bytes:
        root = parse(self.read(CONTENT_TYPES) or b"", CONTENT_TYPES, self.package.name)
        known = {(node.get("Extension") or "").lower() for node in root.iterfind(f"{_TYPES}Default")}
        for extension, kind in sorted(self._defaults.items()):
            if extension not in known:
                root.insert(0, etree.Element(f"{_TYPES}Default", Extension=extension, ContentType=kind))
        listed = {(node.get("PartName") or "").lower(): node for node in root.iterfind(f"{_TYPES}Override")}
        for part in listed.keys() & self._dropped:
            root.remove(listed.pop(part))
        for name, kind in sorted(self._overrides.items()):
            node = listed.get(f"/{name}".lower())
            if node is None:
                etree.SubElement(root, f"{_TYPES}Override", PartName=f"/{name}", ContentType=kind)
            else:
                node.set("ContentType", kind)
        return serialise(root)


def _asked_for(fault: FaultError, place: Place | None) -> FaultError:
    if place is None:
        return fault
    cell = "!".join(step for step in (place.sheet, place.cell) if step)
    words = {**fault.values, "cell": f"（{cell}）" if cell else ""}
    return FaultError(fault.code, related=(*fault.related, place), **words)


class _Relationships:
    """The new relationships of one part. `taken`: the ids that are in use."""

    def __init__(self, folder: str, taken: list[str]) -> None:
        self._folder = folder
        self._taken = {identity.lower() for identity in taken}
        self._number = len(taken)
        self._ids: dict[tuple[str, str, bool], str] = {}
        self.forgotten: set[str] = set()

    def id_of(self, kind: str, target: str, external: bool) -> str:
        key = (kind, target, external)
        if key not in self._ids:
            self._ids[key] = self._free()
        return self._ids[key]

    def _free(self) -> str:
        while f"rid{self._number + 1}" in self._taken:
            self._number += 1
        self._number += 1
        return f"rId{self._number}"

    def write(self, root: etree._Element) -> bool:
        """Puts them among those of the part; False when nothing changes."""
        for node in [node for node in root.iterfind(_RELATIONSHIP) if node.get("Id") in self.forgotten]:
            root.remove(node)
        for (kind, target, external), identity in self._ids.items():
            address = target if external else posixpath.relpath(target, self._folder)
            node = etree.SubElement(root, _RELATIONSHIP, Id=identity, Type=kind, Target=address)
            if external:
                node.set("TargetMode", "External")
        return bool(self._ids or self.forgotten)


def store_of(state: Mapping[object, object]) -> Store:
    """The store of a filling."""
    store = state[Store]
    assert isinstance(store, Store)
    return store
