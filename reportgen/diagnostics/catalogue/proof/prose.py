"""P06x–P07x: 疑点 of the words: lists that do not count, repeats, punctuation, 词表."""

from __future__ import annotations

from reportgen.diagnostics.types import Code, Severity

_WARNING, _NOTICE = Severity.WARNING, Severity.NOTICE

UNEQUAL_LISTS = Code(
    "P060",
    _WARNING,
    "“分别”前面有 {left} 项，后面有 {right} 个数：「{text}」。",
    "使两边的项数相同；也可以用 |分别(…)，由程序来对。",
    "“A、B分别增长a、b”里，名称和数要一一对应。",
    "一、二、三产业分别增长5.1%、3.2%",
    "补上缺的一项，或去掉多的一项。",
)
TOO_MANY_LISTED = Code(
    "P061",
    _WARNING,
    "列出了 {listed} 项，却写“{printed}”：「{text}」。",
    "把总数改对，或少列几项；也可以用 |等('个单位')，由程序来数。",
    "“A、B、C等n个”里列出的项数不能多于 n。",
    "甲市、乙市、丙市等2个市",
    "改成“等3个市”。",
)
LISTED_OTHERWISE = Code(
    "P062",
    _WARNING,
    "列出了 {listed} 项，却写“{printed}”：「{text}」。",
    "把总数改对；没有列全的，在总数前加“等”。",
    "列完名称接着写“n个”而没有“等”字，列出的项数应当正好是 n。",
    "分为“先锋”“骨干”2种类型，却列了三种",
    "改正总数，或补全名称。",
)
ORDINALS_MISCOUNT = Code(
    "P063",
    _WARNING,
    "前面写“{announced}”，后面数到“{last}”。",
    "把前面的数改对，或补上缺的一条。",
    "“突出表现在以下三个方面”，后面就应有一是、二是、三是。",
    "以下三个方面。一是……二是……",
    "改成“两个方面”，或补上“三是”。",
)
ORDINALS_SKIP = Code(
    "P064",
    _WARNING,
    "“{before}”之后就是“{after}”，中间缺了。",
    "补上缺的一条，或改正序号。",
    "一是、二是、三是要依次往下数，不跳号，不重号。",
    "一是……三是……",
    "改正序号。",
)
PARAGRAPH_REPEATED = Code(
    "P065",
    _WARNING,
    "这一段在文中出现了 {count} 次（{places}）。",
    "只留一处。",
    "同一段文字重复，多半是复制粘贴留下的。",
    "同一段正文在内容表里填了两行。",
    "删去多余的。",
)
SENTENCES_ALIKE = Code(
    "P066",
    _NOTICE,
    "这一句与{places}的「{other}」几乎一样（{percent}% 相同）。",
    "看是不是改到一半的重复；有意排比的，不用改。",
    "两句话八成以上的字相同，多半是复制以后没有改完，也可能单位、数字忘了换。",
    "两段里各有一句只换了一两个字的话。",
    "改写或删去其中一句。",
)
SAME_OPENING = Code(
    "P067",
    _NOTICE,
    "接连 {count} 句都以「{opening}」开头。",
    "换一换开头；有意排比的，不用改。",
    "连着三句话开头一样，读来单调。",
    "今年以来，……。今年以来，……。今年以来，……。",
    "合并成一句，或改变句首。",
)
HALF_WIDTH = Code(
    "P068",
    _WARNING,
    "这一段有 {count} 处半角标点（{marks}），如「{sample}」。",
    "改成全角的{full}。",
    "中文里的逗号、句号、冒号、分号、括号、引号用全角；小数点、百分号、英文和网址里的标点除外。",
    "全市引进项目126个,同比增长17.7%.",
    "改成“，”“。”。",
)
DOUBLED_MARKS = Code(
    "P069",
    _WARNING,
    "标点重复：「{sample}」。",
    "只留一个。",
    "两个点号连在一起，多半是改稿时留下的。省略号、破折号、？！除外。",
    "全面完成任务。。；引进项目，，",
    "删去多余的标点。",
)
UNPAIRED = Code(
    "P070",
    _WARNING,
    "「{mark}」没有配对：「{sample}」。",
    "补上另一半，或删去多余的一半。",
    "引号、括号、书名号要成对，一前一后，不交叉。连续几段的引文，每段可以只有前引号，最后一段才收。",
    "打造“党建品牌，推动发展。",
    "补上后引号。",
)
DOUBLED_WORDS = Code(
    "P071",
    _WARNING,
    "「{word}」连写了两遍：「{sample}」。",
    "删去一个；本来就该重叠的，登记到词表（类别：豁免）。",
    "同一个词接连出现两次，多半是打字或改稿时留下的。天天、研究研究这样的叠词除外。",
    "推动经济经济发展",
    "改成“推动经济发展”。",
)
STANDARD_WORD = Code(
    "P072",
    _WARNING,
    "「{word}」有 {count} 处，规范的写法是「{replacement}」。",
    "改成「{replacement}」。",
    "词表里类别为“规范”的词，文中要用“替换”一栏的写法。",
    "词表：规范 | 中央8项规定 | 中央八项规定",
    "照规范的写法改。",
)
FORBIDDEN_WORD = Code(
    "P073",
    _WARNING,
    "「{word}」有 {count} 处，词表列为禁用{note}。",
    "{advice}",
    "词表里类别为“禁用”的词，文中不能出现。",
    "词表：禁用 | 遥遥领先",
    "换一个说法。",
)
