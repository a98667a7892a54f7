"""Pxxx: 疑点, what a careful editor would question in what was printed."""

from reportgen.diagnostics.types import Code, Severity

TYPED_BY_HAND = Code(
    "P001",
    Severity.WARNING,
    "「{printed}」是手写的数，查不到出处：{sentence}",
    "把这个数填进指标或活动，文中改用 {{{{ }}}} 引用；确属名称、提法的，登记到词表（类别：豁免）。",
    "文中每个统计数字都应来自一个单元格；直接打进正文或模板的数没有出处，数据改了它也不会跟着改。",
    "正文里写“引进项目126个”，而不是“引进项目{{ Z003 }}”。",
    "改成引用，或在词表登记豁免。",
)
UNUSED_INDICATOR = Code(
    "P002",
    Severity.NOTICE,
    "指标“{name}”（{key}）没有写进文章。",
    "需要时在正文引用它；确实不用的，把“入文”填“否”。",
    "指标表里“入文”为“是”的行，文章里一次也没有印出。",
    "Z009 填了数，正文没有 {{ Z009 }}。",
    "引用它，或把“入文”改为“否”。",
)
UNUSED_ACTIVITY = Code(
    "P003",
    Severity.NOTICE,
    "活动“{name}”（{key}）没有写进文章。",
    "需要时在正文引用它；确实不用的，把“入文”填“否”。",
    "活动表里“入文”为“是”的行，文章里没有提到。",
    "H004 填了场次，正文没有 {{ H004 }}，也没有由它成文的单位段。",
    "引用它，或把“入文”改为“否”。",
)
PRINTED_OTHERWISE = Code(
    "P004",
    Severity.ERROR,
    "文中印作「{printed}」，数据应作「{expected}」。",
    "重新生成；仍然不一致的，请检查模板对这个数做了什么。",
    "文档里这个数的标记所围住的文字，与数据算出的不一样。",
    "模板把数字截去了一位。",
    "检查模板中这个标签所用的过滤器。",
)
