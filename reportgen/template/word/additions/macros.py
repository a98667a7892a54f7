"""Macros of a template: what is printed is a .docx, which can hold none."""

from __future__ import annotations

from reportgen.template.package import Package, relationships_name
from reportgen.template.word.additions.store import Store

_PROJECT, _TOOLBARS = "/vbaProject", "/attachedToolbars"  # ends of relationship types: [MS-OFFMACRO2] 2.2


def macro_parts(package: Package) -> frozenset[str]:
    """The entries of a package that hold its macros, and what they refer to."""
    found: set[str] = set()
    waiting = [rel.target for rel in package.related(package.main_part()) if rel.kind.endswith((_PROJECT, _TOOLBARS))]
    while waiting:
        name = waiting.pop()
        if name in package and name not in found:
            found |= {name, relationships_name(name)}
            waiting += [rel.target for rel in package.related(name) if not rel.external]
    return frozenset(name for name in found if name in package)


def forget_macros(package: Package, store: Store, parts: frozenset[str]) -> None:
    """Takes what refers to `parts` out of the main part's relationships and the list of content types."""
    main = package.main_part()
    for relationship in package.related(main):
        if relationship.target in parts:
            store.forget(main, relationship.id)
    for name in parts:
        store.drop(name)
