"""Dates, spans of years and clock times, at the place where their first numeral stands.

The patterns work on half-width text and are matched at the beginning of a run of numerals, so that none needs to say
that no digit stands before it.
"""

from __future__ import annotations

import re

from reportgen.proof.recognition.lexicon.measures import UNIT_AFTER_DIGITS

_C = "〇零一二三四五六七八九十"
_Z = "〇零○一二三四五六七八九"
_TO = "(?:至|到|[-—–―~]{1,2})"
_AND = f"(?:[、和及与]|{_TO})"

_YEAR4 = r"(?:19|20)\d\d(?!\d)"
_YEAR = rf"(?:{_YEAR4}\s?年|[一二][〇零○九八][{_Z}]{{2}}年|\d\d年(?=\d{{1,2}}月))"
# Lists are bounded (no more months than a year has), or each item of a long list of numbers would be read to its end.
_MONTH_NUMBER = "(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_MONTH = rf"{_MONTH_NUMBER}(?:{_AND}{_MONTH_NUMBER}){{0,11}}月(?:份|(?![饼亮嫂球薪刊票]))"
_DAY_DIGITS = "(?:[12][0-9]|3[01]|0?[1-9])"
_NO_SPAN = "(?!均|内|元|益|以内|之内|游)"  # 3日内 says how long
_DAY_NUMBER = f"(?:[12][0-9]|3[01]|0?[1-9]|初?[二三]?十[{_Z}]?|初?[{_Z}])"
_DAY = f"{_DAY_NUMBER}(?:{_AND}{_DAY_NUMBER}){{0,30}}[日号]"
_MONTH_AND_DAY = f"{_MONTH}(?:{_DAY}(?:{_TO}(?:{_MONTH_NUMBER}月)?{_DAY})?)?"
_QUARTER = f"(?:[{_C}1-4](?:{_AND}第?[{_C}1-4]){{0,3}}|前[一两二三])季度"
_PART = f"(?:[上下]半年|第?{_QUARTER}|年?[初末底中]|[上中下]旬|[春夏秋冬]季?)"
_MINUTE = f"(?:[0-5]?[0-9]分|(?:[二三四五]?十[{_Z}]?|零[{_Z}])分|半(?![数年天])|许|整(?![改治体理合])|钟|[一三]刻)"
_HOUR = f"(?:[01]?[0-9]|2[0-4]|二?十[{_Z}]?|[{_C}两])"
# A five-year plan and a five-year campaign of legal education.
_PLAN = f'(?:八|九|十[{_C}]?)五(?=规划|时期|期间|末|初|以来|收官|开局|普法|[”"’』」])'

# Two years are a range of years unless they count something: 2000—2050元.
YEARS = re.compile(
    rf"(?:{_YEAR4}{_TO}(?:{_YEAR}|{_YEAR4}(?!{UNIT_AFTER_DIGITS.pattern}|[万亿多余%.]))|{_YEAR}{_TO}{_YEAR}"
    rf"|{_YEAR4}{_TO}\d\d年)"
)

DATES = re.compile(
    "|".join(
        (
            rf"{_YEAR4}(?P<mark>[-./])(?:1[0-2]|0?[1-9])(?P=mark)(?:3[01]|[12]\d|0?[1-9])(?![\d.])",  # 2025-03-11
            rf"{_YEAR}度?(?:{_MONTH_AND_DAY}|{_PART})?",  # 2025年3月11日, 2025年第一季度
            rf"{_YEAR4}(?=(?:[、和及与]{_YEAR4}){{0,30}}[、和及与]{_YEAR})",  # 2023、2024年
            _MONTH_AND_DAY,  # 3月11日至13日, 3、4月份
            f"{_DAY_DIGITS}(?:日{_NO_SPAN})?{_TO}{_DAY_DIGITS}日{_NO_SPAN}",  # 11—13日
            f"{_DAY_DIGITS}日{_NO_SPAN}",  # 24日
            f"[{_C}]{{1,3}}日(?=上午|下午|晚|凌晨|清晨|中午|电|讯|召开|举行)",  # 十一日上午
            _QUARTER,  # 一、二季度
            _PLAN,  # “十四五”
            r"\d{1,2}世纪(?:\d0年代)?|\d0(?:、\d0){0,9}(?:年代|后(?![勤备续劲]))",  # 21世纪, 90年代, 80、90后
            f"[{_C}]{{1,3}}世纪|[二三四五六七八九]十年代|[五六七八九〇零]零后",
            rf"(?:\d+|[{_C}百]+)周年",
            r"(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![\d:]|的?(?:比例|配比|配套))",  # 9:30
            f"{_HOUR}[时点]{_MINUTE}",  # 9时30分, 三点半
            r"(?:[01]?\d|2[0-4])时(?=[起至在，,]|开始|前|后|左右)",
        )
    )
)
# 上午9时, 早八点: an hour that only the words before it tell from 9 hours or 8 points.
HOUR_ALONE = re.compile(f"{_HOUR}[时点](?:{_MINUTE})?")
PART_OF_DAY = re.compile(
    f"(?:上午|下午|凌晨|清晨|早上|早晨|中午|晚上|傍晚|夜间|当晚|深夜|午后|每天|当天|日|晚|早|[时点半分]{_TO})$"
)
# 前三季度, 前十个月, 周三下午: 前 and 周 stand before the numeral.
MONTHS_SO_FAR = re.compile(rf"[一两二三123]个?季度|(?:1?[0-9]|[{_C}两]{{1,2}})个月")
# 近三年, 五年来: when, not how long. 连续五年, 用时三年 and 创7年来最好 do say how long.
_SOME_YEARS = rf"(?:[0-9]{{1,2}}|[{_C}两百]{{1,3}})多?年"
PERIOD = re.compile(f"{_SOME_YEARS}(?!级|代|制)")
PERIOD_BEFORE = re.compile("(?:未来|今后|过去|最近|近|这|前|头|下一个|上一个)$")
SPAN_OF_YEARS = re.compile(f"{_SOME_YEARS}(?=以?来|间|里|内|前|后|之内|之后|之前)")
LASTING = re.compile("(?:连续|创|创下|历时|用时|为期|长达|达|仅|不到|时隔|超过?|不足|满)了?$")
LUNAR_DAY = re.compile(f"[{_C}]{{1,3}}(?![个名户家件项])")  # 腊月二十三, 五月初五
WEEKDAY = re.compile("[一二三四五六](?=至|到|上午|下午|晚|、|，|的|召开|为)")
# 2025中国—东盟博览会: a year without 年 before words, not before what it counts.
BARE_YEAR = re.compile(
    rf"(?:19|20)\d\d(?![\d.,%:/+]|\s?[万亿余多]|{UNIT_AFTER_DIGITS.pattern}|[-—~至到]|$|[，。；、,;)”])"
)
YEARLESS_AFTER = "达至为到共计近超约了增加有余"
