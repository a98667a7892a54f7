"""Pxxx: 疑点 of what was printed: numbers without a source, what is written and not printed, what is never used."""

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
    "指标「{name}」（{key}）没有写进文章。",
    "需要时在正文引用它；确实不用的，把“入文”填“否”。",
    "指标表里“入文”为“是”的行，文章里一次也没有印出。",
    "Z009 填了数，正文没有 {{ Z009 }}。",
    "引用它，或把“入文”改为“否”。",
)
UNUSED_ACTIVITY = Code(
    "P003",
    Severity.NOTICE,
    "活动「{name}」（{key}）没有写进文章。",
    "需要时在正文引用它；确实不用的，把“入文”填“否”。",
    "活动表里“入文”为“是”的行，文章里没有提到。",
    "H004 填了场次，正文没有 {{ H004 }}，也没有由它成文的单位段。",
    "引用它，或把“入文”改为“否”。",
)
PRINTED_OTHERWISE = Code(
    "P004",
    Severity.WARNING,
    "文中印作「{printed}」，数据应作「{expected}」。",
    "看标签前后是不是多打了数字、量词或百分号，删去多余的。",
    "引用印出来的数，前后又紧挨着手打的数字、万亿、量词或百分号，读起来就成了另一个数。",
    "正文里写“{{ Z003 }}个”，Z003 本身已带量词，印成“126个个”。",
    "删去标签前后多打的字；要换量词，用 {{ Z003.值|量词('项') }}。",
)
WRITTEN_NOT_PRINTED = Code(
    "P005",
    Severity.WARNING,
    "「{column}」里写的这段话，文章里没有印出来。",
    "看类型、板块号填得对不对；所用模板不印这一部分的，换模板或在模板里加上。",
    "工作簿里写了、模板却没有印的文字，容易被当成已经见报。",
    "综述模板不印编者按，刊期表里却写了编者按。",
    "更正类型、板块号，或在模板里加上相应的标签；确实不用的，删去这一格。",
)
