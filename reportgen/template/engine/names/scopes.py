"""Stretches that are kept before they are printed (text boxes, notes, tables whose columns come and go), in which names
are set for what follows too."""

from __future__ import annotations

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame


def stretch(through: nodes.Filter) -> nodes.If:
    """A block like an `if` that is always so, and as open to what is set in it. What its body prints goes through the
    filters `through`, the innermost of which is given nothing else."""
    return nodes.If(through, [], [], [])


def _is_stretch(node: nodes.If) -> bool:
    inner: nodes.Node | None = node.test
    while isinstance(inner, nodes.Filter):
        inner = inner.node
    return inner is None


class Generator(CodeGenerator):
    """Jinja2's own, which knows kept stretches beside: the blocks it has for that hide what is set in them."""

    def visit_If(self, node: nodes.If, frame: Frame) -> None:  # noqa: N802
        if not _is_stretch(node):
            super().visit_If(node, frame)
            return
        kept = frame.soft()
        self.buffer(kept)
        self.blockvisit(node.body, kept)
        self.start_write(frame, node)
        assert isinstance(node.test, nodes.Filter)
        self.visit_Filter(node.test, kept)
        self.end_write(frame)
