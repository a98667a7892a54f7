"""P08x: 疑点 of quotations and pictures."""

from __future__ import annotations

from reportgen.diagnostics.types import Code, Severity

QUOTE_NOT_APPROVED = Code(
    "P080",
    Severity.WARNING,
    "引语「{key}」印出来了，“已核定”还没有填“是”。",
    "请本人或单位核定原文，再把“已核定”填“是”。",
    "引用别人的话，见报前要经本人或单位核定。",
    "Y002 的“已核定”空着，文中印了它的原文。",
    "核定后填“是”。",
)
PICTURE_UNUSED = Code(
    "P081",
    Severity.WARNING,
    "图片「{key}」没有印进文章。",
    "看稿号、板块号、位置填得对不对；所用模板不印图片的，换模板或在模板里加上 {{{{ {key}.图像 }}}}。",
    "图片表里的图，成稿里没有。",
    "综述的模板不印图片，图片表里却填了 P1。",
    "更正图片表，或换一个印图片的模板；不用的，删去这一行。",
)
PICTURE_TOO_SMALL = Code(
    "P082",
    Severity.WARNING,
    "图片「{key}」只有 {pixels}，按 {width} 厘米宽印出来是每英寸 {dpi} 点，不到 {least} 点，会发虚。",
    "换一张大图，或把“宽度”改到 {fitting} 厘米以内。",
    "印刷的图片每英寸至少要有 150 点。",
    "400×300 的图按 15.6 厘米宽印，每英寸只有 65 点。",
    "向摄影者要原图，或缩小印出的宽度。",
)
MORE_OF_THE_SAME = Code(
    "P090",
    Severity.NOTICE,
    "「{rule}」这一类还有 {count} 处，没有逐条列出。",
    "先处理已列出的，再检查一次。",
    "同一类疑点太多时只列前面的，免得别的疑点被淹没。",
    "导入了几万行指标，多数没有写进文章。",
    "多半有一个共同的原因，如整批指标不入文：把“入文”填“否”。",
)
