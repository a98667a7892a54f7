"""Tags in the addresses of hyperlinks: each printed link gets the address that its tags give where it stands."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote

from lxml import etree

from reportgen.template.engine.run import Run
from reportgen.template.engine.types import Captured, Item
from reportgen.template.fragments import Fragment
from reportgen.template.package import RELATIONSHIPS_NS
from reportgen.template.syntax import Tag, may_hold_tags, scan
from reportgen.template.values import escape, legal, plain_text
from reportgen.template.word.additions.store import OFFICE, store_of
from reportgen.template.word.marks import Mark, Marks
from reportgen.template.word.ooxml import Element

_BRACE = re.compile("%7[bd]", re.IGNORECASE)
_ADDRESS = "%:/?#[]@!$&'()*+,;=~"  # RFC 3986: reserved characters, and what is encoded already
_EXTERNAL = f"{RELATIONSHIPS_NS}Relationship[@TargetMode='External']"
_REFERENCE = f"{{{OFFICE}}}"


class _AddressPart:
    """Prints a value as part of an address: what an address cannot hold is percent-encoded."""

    def emit(self, value: object, run: Run) -> str:
        text = plain_text(value).strip()
        run.check_length(len(text))
        return escape(quote(legal(text), safe=_ADDRESS))


ADDRESS = _AddressPart()


@dataclass(frozen=True, slots=True)
class _LinkTo:
    """Prints the id of the relationship with the address it is given."""

    part: str
    kind: str

    def emit(self, value: object, run: Run) -> str:
        assert isinstance(value, Fragment)
        address = html.unescape(value.print(run))
        return store_of(run.state).relate(self.part, self.kind, address, external=True)


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink of a part whose address holds tags: its relationship's type, and the address as written."""

    kind: str
    address: str


def tagged_links(relationships: Element) -> Mapping[str, Link]:
    """Id → link, for the addresses of a part that hold tags; Word writes braces as %7B there."""
    found = {}
    for node in relationships.iterfind(_EXTERNAL):
        target = _BRACE.sub(lambda code: unquote(code[0]), node.get("Target", ""))
        if may_hold_tags(target) and any(isinstance(piece, Tag) for piece in scan(target)):
            cut = ((target[piece.start : piece.end], isinstance(piece, Tag)) for piece in scan(target))
            inside = "".join(unquote(text) if is_tag else text for text, is_tag in cut)
            found[node.get("Id", "")] = Link(node.get("Type", ""), inside)
    return found


def point_links(root: Element, marks: Marks, links: Mapping[str, Link], join: Callable[[str, Element], str]) -> None:
    """Lets every element of the part that uses such a link ask for it anew; `join` puts tokens in place of the tags of
    an address that the element has."""
    for node in root.iter(etree.Element) if links else ():
        for name, value in node.attrib.items():
            if str(name).startswith(_REFERENCE) and (link := links.get(str(value))):
                items: tuple[Item, ...] = tuple(_escaped(item) for item in marks.items(join(link.address, node)))
                node.set(name, marks.token(Mark(captured=Captured(items, _LinkTo(marks.part, link.kind)))))


def _escaped(item: Item) -> Item:
    return escape(item) if isinstance(item, str) else item
