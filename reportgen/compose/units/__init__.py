"""逐单位: the paragraphs of each unit within a 板块; those that nobody typed written from 活动 and 指标."""

from reportgen.compose.units.blocks import SectionRows, UnitBlocks, official_order
from reportgen.compose.units.deeds import deed, event

__all__ = ["SectionRows", "UnitBlocks", "deed", "event", "official_order"]
