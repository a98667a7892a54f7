"""Numbers that name, date or order something and want no source: dates, ordinals, codes."""

from __future__ import annotations

import re

from reportgen.proof.recognition.labels import calendar
from reportgen.proof.recognition.lexicon.measures import UNIT_AFTER_DIGITS
from reportgen.proof.recognition.number import Number, NumberKind

_C = "〇零一二三四五六七八九十"
_ANY = f"(?:[0-9]+|[{_C}百千两]+)"
_TO = "(?:至|到|[-—–~]{1,2})"

# The organs whose terms are numbered, not counted: 十四届全国人大, 二十届三中全会.
_TERM_OF = (
    "全国|全区|全省|全市|人大|政协|党委|市委|区委|省委|县委|自治区|委员|常委|理事|会员|执委|代表|班子|中央|中纪|纪委|村"
)
_HOTLINE = "(?:110|119|120|122|114|12[0-9]{3}|9[0-9]{4,5})"
_ROUND_THE_CLOCK = (
    "值|开放|营业|在线|服务|不间|不打|滚动|监|管控|巡|响应|热线|待命|自助|全|轮|运|供|人工|客服|便|线上|无休|守"
    "|图书|政务"
)

_CODES = re.compile(
    "|".join(
        (
            r"0\d{2,3}[-—]?\d{7,8}(?!\d)|1[3-9]\d{9}(?!\d)|[48]00[-—]?\d{3,4}[-—]?\d{3,4}(?!\d)",  # telephones
            rf"{_HOTLINE}(?!\d)(?=[^，。；、：“”\d]{{0,10}}(?:热线|平台|专线|电话|接警|报警|联动|指挥|工单))",
            r"\d+(?:\+(?:\d+|[A-Za-z]+|[多几若]))+(?![\d.]*%)",  # 1+5+6, 1+N+X
            r"\d{1,2}[·•∙・]\d{1,2}(?!\d)",  # 3·15, 12·4
            rf"(?:123\d\d|100\d\d|955\d\d)(?!\d|\s?(?:[%.,万亿余多]|{UNIT_AFTER_DIGITS.pattern}))",  # 12306网站
            r"(?:180|360)度(?=大?转|全景|无死角)|365天(?=全年|、24|，24|,24|不打烊|无休)",
            r"(?:985|211)(?=高校|工程|院校|大学|、211)",
            r"1?\d\.\d(?=版|时代|模式|系统|阶段|升级)|[1-9]\.0(?![\d万亿%个元倍米吨级])",  # 2.0版, 工业4.0
            rf"7[*×xX]24小时|(?:24|二十四)小时(?={_ROUND_THE_CLOCK})",
            rf"(?:\d+|[{_C}两]+)(?:分钟|小时)(?=[^，。；、”\d]{{0,8}}圈)",  # 15分钟生活圈
            r"\d+号(?=文件|文|令|公告)",
            r"\d{3}(?=国道|省道|县道)|\d{1,3}(?=中学|小学|医院|高地)",
            r"\d(?=D打印)|\d[A-Z](?![A-Za-z])",  # 5G, 4A级景区, 3D
            r"\d+[A-Za-z]+\d[A-Za-z\d]*",
        )
    )
)
# 三年行动, 五年规划: what is planned by years bears them as a name. Not 三年累计…, 三年来….
_PLANS = re.compile(
    r"(?:[0-9]|[一两二三四五六七八九十])年(?=(?![来内间累共完投多连])(?:[\u4e00-\u9fa5]{2}){0,3}?(?:行动|规划|攻坚|计划|方案))"
)
# G75, C919, COVID-19, PM2.5; before a measure word or % the letters are a word of their own: GDP4.3%, AED30台.
_AFTER_LETTERS = re.compile(r"\d+(?:\.\d+)?[A-Za-z\d]*")
_LETTERS = re.compile(r"[A-Za-z][-—–·/]?$|(?:GB|GB/T|ISO|DB|WPS|IP|Windows|V)\s?$|[@=_#&?/]$")
_COUNTED = re.compile(rf"\s?(?:[%‰]|多|余|万|亿|{UNIT_AFTER_DIGITS.pattern})")
_DOCUMENT_YEAR = re.compile(r"(?:19|20)\d\d[\])】]\s*(?:第\s*)?\d+\s*号")
_NUMBERED = re.compile(r"\d[\d-]{2,}(?!\d*[.%万亿多余个名户件])")
_NUMBER_OF = re.compile("(?:电话|热线|传真|邮编|编号|代码|号码|账号|QQ|微信)[:：]?\\s?$")

_ORDINALS = re.compile(
    "|".join(
        (
            rf"{_ANY}(?=届(?:{_ANY}次|历次|[{_C}]+中|{_TERM_OF}))",  # 十四届全国人大, 二十届三中全会
            f"(?:[二三]?十[{_C}]?)(?=届(?!世))",
            f"[{_C}]+(?=次(?:全会|全体会议|党代会|常委会|代表大会))|[{_C}](?=中全会)",
            f"(?:十[{_C}]|二十)(?=大[精报以召胜提代开闭])",
            rf"\d+(?=号(?![召称人码角]))|[{_C}]+(?=号(?![召称人码角]))",  # 3号线, 2号楼, 长征五号
            rf"{_ANY}(?=楼)|\d+(?=(?:单元|室|弄)(?!内)|[栋幢]\d)",
            rf"\d+(?=级(?!别|次))|{_ANY}(?=年级)",
            rf"{_ANY}(?=等[奖功品舱])",
            rf"{_ANY}(?=期(?:工程|项目|建设|改造|厂房|扩建|用地|标准厂房))",
            rf"[{_C}]{{1,2}}(?=是(?!否))",
        )
    )
)
_AFTER_DI = re.compile(rf"\s?{_ANY}(?:(?:[、和及]|{_TO})第?{_ANY}(?=[批期届名位次条项章节版季场部]))*")
_TERM = re.compile(f"{_ANY}(?=届)")
_SESSION = re.compile(rf"[{_C}]+(?=次(?:会议|全会))")  # 全国人大三次会议
_RANK = re.compile(rf"{_ANY}(?=[名位强批]|$|[，。；、])")  # 前三名
_ENUMERATED = re.compile(rf"[{_C}]{{1,2}}(?=是(?!否)|要(?!求)|靠)")
_HEADING = re.compile(rf"[{_C}]{{1,3}}(?=、)|\d{{1,2}}(?=[.](?!\d)|、)")
# 主要做法：1.强化引领。2.压实责任。 Behind a colon and before 、 only the first: 人数：12、户数：5.
_INLINE = re.compile(r"\d{1,2}(?=[.、]\s?[一-龥“《])")
_FIRST_INLINE = re.compile(r"\d{1,2}(?=[.]\s?[一-龥“《])|1(?=、\s?[一-龥“《])")
_BRACKETED = re.compile(rf"(?:[{_C}]{{1,3}}|\d{{1,2}})(?=[)）])")
_LISTED = re.compile(rf"{_ANY}(?=[:：,，、。)》\s]|$)")
_LIST_OF = ("附件", "附表", "附图", "图表", "案例", "专栏", "图", "表")
_PAGES = re.compile(r"\d{1,2}(?=版(?!本))")


def label_at(text: str, start: int) -> Number | None:
    """The label whose first numeral stands at `start` of half-width `text`, or None."""
    for kind, find in _FINDERS:
        end = find(text, start)
        if end is not None:
            return Number(start - (text[start - 1 : start] == "第"), end, kind)
    return None


def _code(text: str, start: int) -> int | None:
    before = text[max(0, start - 8) : start]
    if _LETTERS.search(before):
        return _after_letters(text, start)
    if before.endswith(("[", "【")):
        found = _DOCUMENT_YEAR.match(text, start)
    elif _NUMBER_OF.search(before):
        found = _NUMBERED.match(text, start)
    else:
        found = None
    found = found or _CODES.match(text, start)
    if found is None and before[-1:] not in tuple("近这过那前"):
        found = _PLANS.match(text, start)
    return found.end() if found else None


def _after_letters(text: str, start: int) -> int | None:
    found = _AFTER_LETTERS.match(text, start)
    return found.end() if found and not _COUNTED.match(text, found.end()) else None


def _years(text: str, start: int) -> int | None:
    found = calendar.YEARS.match(text, start)
    return found.end() if found else None


def _date(text: str, start: int) -> int | None:
    before = text[max(0, start - 4) : start]
    if before[-1:] in ("几", "数", "个", "第") and not calendar.MONTHS_SO_FAR.match(text, start):
        return None
    found = calendar.DATES.match(text, start)
    if found is not None and ":" in found[0] and ("比" in before or "按" in before):
        return None  # 师生比1:15
    if found is None and before.endswith(("星期", "礼拜")):
        return start + 1
    if found is None and before.endswith(("正月", "腊月", "正月初", "腊月初", "月初")):
        found = calendar.LUNAR_DAY.match(text, start)
    if found is None and before.endswith("周") and not before.endswith(("一周", "每周")):
        found = calendar.WEEKDAY.match(text, start)
    if found is None and before.endswith("前"):
        found = calendar.MONTHS_SO_FAR.match(text, start)
    if found is None and text[start] != "一":
        found = calendar.PERIOD.match(text, start) if _is_period(before) else calendar.SPAN_OF_YEARS.match(text, start)
        if found is not None and calendar.LASTING.search(before):
            found = None
    if found is None and calendar.PART_OF_DAY.search(before):
        found = calendar.HOUR_ALONE.match(text, start)
    if found is None and before[-1:] not in tuple(calendar.YEARLESS_AFTER):
        found = calendar.BARE_YEAR.match(text, start)
    return found.end() if found else None


def _is_period(before: str) -> bool:
    return calendar.PERIOD_BEFORE.search(before) is not None


def _ordinal(text: str, start: int) -> int | None:
    before = text[max(0, start - 4) : start]
    if before.endswith("第"):
        found = _AFTER_DI.match(text, start)
    elif before.endswith(("(", "（")):
        found = _BRACKETED.match(text, start)
    elif before.endswith(_LIST_OF):
        found = _LISTED.match(text, start)
    elif _begins_line(text, start) or before.endswith("附件:"):
        found = _HEADING.match(text, start) or _ENUMERATED.match(text, start)
    elif before[-1:] in tuple("。；;：:，,！？!? 　”"):
        found = _ENUMERATED.match(text, start) or _inline(text, start, before)
    elif before.endswith(("党", "党的")):
        found = _ORDINALS.match(text, start) or _TERM.match(text, start)
    elif before.endswith(("人大", "政协", "委员会", "全会")):
        found = _SESSION.match(text, start)
    elif before.endswith("前"):
        found = _RANK.match(text, start)
    else:
        found = None
    found = found or _ORDINALS.match(text, start) or _PAGES.match(text, start)
    return found.end() if found else None


def _inline(text: str, start: int, before: str) -> re.Match[str] | None:
    stop = before.rstrip(" 　”")[-1:]
    if stop == ":":
        return _FIRST_INLINE.match(text, start)
    return _INLINE.match(text, start) if stop in tuple("。；;！？!?") else None


def _begins_line(text: str, start: int) -> bool:
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return not line.strip(" \t　")


# In order of precedence.
_FINDERS = (
    (NumberKind.CODE, _code),
    (NumberKind.YEAR_RANGE, _years),
    (NumberKind.DATE, _date),
    (NumberKind.ORDINAL, _ordinal),
)
