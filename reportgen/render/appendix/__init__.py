"""附件.xlsx: the sheets beside the article, and the proof sheets behind them."""

from reportgen.render.appendix.build import Appendix, RenderedAppendix

__all__ = ["Appendix", "RenderedAppendix"]
