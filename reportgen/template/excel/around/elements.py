"""Elements of a part: dropped, doubled, changed."""

from __future__ import annotations

from lxml import etree

Element = etree._Element


def drop(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
        if not len(parent) and parent.getparent() is not None:
            drop(parent)
        elif parent.get("count"):
            parent.set("count", str(len(parent)))


def span(element: Element, first: int, last: int) -> None:
    element.set("min", str(first))
    element.set("max", str(last))


def twin(parent: Element, element: Element) -> Element:
    """An element of the same name and attributes, put last into `parent`."""
    return etree.SubElement(parent, element.tag, {str(name): str(value) for name, value in element.items()})


def without(element: Element, attribute: str) -> None:
    """Takes an attribute away if it is there."""
    if element.get(attribute) is not None:
        del element.attrib[attribute]
