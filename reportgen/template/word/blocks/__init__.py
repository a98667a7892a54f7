"""Control tags brought to the level of the tree where they work."""

from reportgen.template.word.blocks.blanks import is_alone
from reportgen.template.word.blocks.lifter import Fence, Lifter

__all__ = ["Fence", "Lifter", "is_alone"]
