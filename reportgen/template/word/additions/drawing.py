"""A picture in a line of text: how large it gets, and its DrawingML (ECMA-376 part 1, 20.4.2.8)."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.template.values import escape
from reportgen.template.word.additions.images import EMU_PER_MM, Image

_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ROTATION_UNIT = 60_000  # to a degree


@dataclass(frozen=True, slots=True)
class Room:
    """The space a picture may take, in EMU."""

    width: int = 156 * EMU_PER_MM
    height: int = 225 * EMU_PER_MM

    def at_most(self, height_mm: float | None) -> Room:
        """The room, no higher than this."""
        if height_mm is None:
            return self
        return Room(self.width, min(self.height, round(height_mm * EMU_PER_MM)))


def fitted(image: Image, width_mm: float | None, room: Room) -> tuple[int, int]:
    """Width and height of the stored picture in EMU: as wide as asked, or its natural size, but inside the room.

    A picture that is turned by a quarter takes as much room sideways as it is high: Word counts both.
    """
    width, height = image.width, image.height
    turned = image.rotation in (90, 270)
    shown = height if turned else width
    across, down = (max(width, height),) * 2 if turned else (width, max(height, 1))
    wanted = width_mm * EMU_PER_MM if width_mm else shown
    scale = min(wanted / shown, room.width / across, room.height / down)
    return max(round(width * scale), 1), max(round(height * scale), 1)


def drawing(image: Image, size: tuple[int, int], relationship: str, number: int, alt: str) -> str:
    """The w:drawing of a picture; `number` is the id of its docPr, unique in the document."""
    width, height = size
    rotation = f' rot="{image.rotation * _ROTATION_UNIT}"' if image.rotation else ""
    excess = (width - height) // 2 if image.rotation in (90, 270) else 0
    sides, ends = max(-excess, 0), max(excess, 0)
    described = f' descr="{escape(alt)}"' if alt else ""
    return (
        f'<w:drawing><wp:inline xmlns:wp="{_WP}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="{sides}" t="{ends}" r="{sides}" b="{ends}"/>'
        f'<wp:docPr id="{number}" name="图片 {number}"{described}/><wp:cNvGraphicFramePr>'
        f'<a:graphicFrameLocks xmlns:a="{_A}" noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic xmlns:a="{_A}"><a:graphicData uri="{_PIC}"><pic:pic xmlns:pic="{_PIC}"><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name="图片 {number}"{described}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip xmlns:r="{_R}" r:embed="{relationship}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm{rotation}><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        f"</wp:inline></w:drawing>"
    )
