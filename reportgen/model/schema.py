"""The contract of the workbook as plain data: every sheet, every column, once.

The reader of cells, the forms, `reportgen new` and the README's table are all built from SHEETS.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from reportgen.model import records as r


class Kind(StrEnum):
    """What may stand in a column; the value is what people are told."""

    TEXT = "文字"
    PROSE = "正文"  # may hold {{ }}
    IDENTIFIER = "编号"  # full-width letters and digits count as the ASCII ones
    NUMBER = "数"
    INTEGER = "整数"
    QUANTITY = "数量"  # a number with 万/亿, %, a repeated 量词 or 概数
    QUANTITY_OR_REFERENCE = "数量或指标号"
    YES_NO = "是/否"
    DATE = "日期"
    LIST = "列表"
    CHOICE = "选项"


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column: the header people see, the field of the record, and how its cells are read.

    `default` is what a blank cell means, as one would type it (the record's own default says the same).
    `measures` are the 量词 that may be repeated in the cell; with `measure_column` the row's own is another.
    `refers` names the sheet whose key the cell must hold; `outsiders` lets other names stand too.
    `fill_down`: a vertical merge holds for every row it spans. `more`: folded into the group 更多.
    """

    header: str
    field: str
    kind: Kind = Kind.TEXT
    required: bool = False
    default: str = ""
    choices: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    measure_column: str = ""
    refers: str = ""
    outsiders: bool = False
    fill_down: bool = False
    more: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """One sheet: its record type, the field of Dataset it fills, its key field and its columns.

    `unique`: no two rows share a key. `named`: rows can be called by their key in tags, so keys of all such sheets
    must differ. `vertical`: one record, written as 项目 | 内容.
    """

    name: str
    record: type[r.Record]
    dataset_field: str
    columns: tuple[ColumnSpec, ...]
    key: str = ""
    unique: bool = False
    named: bool = False
    required: bool = False
    vertical: bool = False
    note: str = ""

    def column(self, field: str) -> ColumnSpec:
        return next(column for column in self.columns if column.field == field)

    @property
    def key_header(self) -> str:
        return self.column(self.key).header if self.key else ""

    @property
    def required_headers(self) -> tuple[str, ...]:
        return tuple(column.header for column in self.columns if column.required)


C = ColumnSpec
PROSE, CODE, NUMBER, INTEGER = Kind.PROSE, Kind.IDENTIFIER, Kind.NUMBER, Kind.INTEGER
QUANTITY, REFERENCE, YES_NO, DATE = Kind.QUANTITY, Kind.QUANTITY_OR_REFERENCE, Kind.YES_NO, Kind.DATE
LIST, CHOICE = Kind.LIST, Kind.CHOICE

_ARTICLE = C("稿号", "article", CODE, refers="稿件", fill_down=True, note="只有一篇稿时可不填")
_ARTICLE_MORE = C("稿号", "article", CODE, refers="稿件", fill_down=True, more=True, note="填了板块号可不填")
_SECTION = C("板块号", "section", CODE, refers="板块", fill_down=True, note="属于哪个板块")
_UNIT = C("单位", "unit", refers="单位", fill_down=True, note="「单位」表里的简称")
_SOURCE = C("来源", "source", fill_down=True, note="数据出自哪份材料")
_INCLUDED = C("入文", "included", YES_NO, default="是", more=True, note="填否的只进附件，不进正文")

MASTHEAD = SheetSpec(
    "刊期",
    r.Masthead,
    "masthead",
    (
        C("文种", "kind", required=True, note="综述、侧记、专版、经验通讯、综合报道、简报、会议纪要，或自己的文种"),
        C("刊名", "name", note="报头上的大字"),
        C("期号", "number", note="第几期，只填数"),
        C("总期号", "total_number", note="总第几期，只填数"),
        C("编发单位", "publisher"),
        C("编发日期", "date", DATE, note="如 2025年3月11日"),
        C("统计起", "period_start", DATE, note="统计期的第一天"),
        C("统计止", "period_end", DATE, note="统计期的最后一天；表里只写月日的，按这里的年份"),
        C("栏目", "column"),
        C("编者按", "editor_note", PROSE, note="可用 {{ }} 引用数据"),
        C("署名", "byline", note="如 本报记者"),
        C("图片尾注", "picture_credit", note="全期图片共同的署名，按填写的样子印"),
        C("密级", "secrecy"),
        C("报", "report_to", note="简报报尾的报"),
        C("送", "send_to", note="简报报尾的送"),
        C("发", "distribute_to", note="简报报尾的发"),
        C("印数", "copies", note="只填数"),
        C("模板", "template", note="不填就用文种自己的模板"),
        C("小基数", "small_base", NUMBER, default="20", note="上年同期小于它时写增减多少，不写百分比"),
        C("翻倍写法", "doubling", CHOICE, default="倍", choices=("倍", "增长"), note="达到两倍时的写法，全期统一"),
        C("小数", "decimals", INTEGER, default="1", note="算出来的百分数留几位小数"),
    ),
    required=True,
    vertical=True,
    note="这一期是什么：一行一项",
)

ARTICLES = SheetSpec(
    "稿件",
    r.ArticleRow,
    "articles",
    (
        C("稿号", "id", CODE, required=True, note="如 1 或 G1，不能重复"),
        C("主标题", "title", PROSE, required=True, note="想断行的地方写｜"),
        C("副标题", "subtitle", PROSE, note="不写前面的——"),
        C("引题", "kicker", PROSE, note="主标题上面的一行，按填写的样子印"),
        C("单位", "unit", refers="单位", fill_down=True, note="整篇写一个单位时填"),
        C("电头", "dateline", note="如 本报讯"),
        C("署名", "byline"),
        C("署名位置", "byline_position", CHOICE, default="题下", choices=("题下", "电头", "文末")),
        C("版面序", "page_order", NUMBER, note="在版面上排第几"),
        C("图片尾注", "picture_credit"),
    ),
    key="id",
    unique=True,
    required=True,
    note="一行一篇稿",
)

UNITS = SheetSpec(
    "单位",
    r.Unit,
    "units",
    (
        C("简称", "short_name", required=True, note="文中印的名字，不能重复"),
        C("全称", "full_name"),
        C("别称", "aliases", LIST, note="文中允许出现的其他叫法，用、隔开"),
        C("类别", "category", note="如 市直、县区；可作排名范围"),
        C("上级", "parent", refers="单位", outsiders=True),
        C("排序", "order", NUMBER, note="不填就按行的顺序"),
        C("参报", "reports", YES_NO, default="是", note="要不要报送、要不要查漏报"),
        C("报送状态", "report_status", CHOICE, choices=("未报", "已报", "退回", "已核"), more=True),
        C("联系人", "contact", more=True),
        C("截止", "deadline", DATE, more=True, note="报送截止日期"),
    ),
    key="short_name",
    unique=True,
    named=True,
    note="一行一个单位，顺序就是文中的顺序",
)

SECTIONS = SheetSpec(
    "板块",
    r.SectionRow,
    "sections",
    (
        C("板块号", "id", CODE, required=True, note="如 B1，整个工作簿里不能重复"),
        _ARTICLE,
        C("序", "order", NUMBER, note="板块的先后"),
        C("小标题", "heading", PROSE, required=True),
        C("小标题下行", "second_heading", PROSE, note="两行小标题的第二行"),
        C("展开方式", "mode", CHOICE, default="自由段", choices=("自由段", "逐单位", "逐活动", "摘编框")),
        C("单位范围", "unit_scope", LIST, refers="单位", note="逐单位时写哪些单位；不填就按单位段"),
        C("导入", "intro", PROSE, note="小标题后的第一段"),
        C("过渡句", "transition", PROSE, note="按填写的样子印"),
        C("末尾省略号", "ellipsis", YES_NO, default="否", note="单位段之后另起一段印……"),
        C("收束", "closing", PROSE, note="板块的最后一段"),
    ),
    key="id",
    unique=True,
    note="一行一个板块",
)

CONTENTS = SheetSpec(
    "内容",
    r.ContentRow,
    "contents",
    (
        _ARTICLE,
        _SECTION,
        C("序", "order", NUMBER, note="同一处各段的先后"),
        C("类型", "kind", CHOICE, required=True, choices=("导语", "正文", "单位段", "摘编", "链接", "结尾")),
        _UNIT,
        C("领句", "lead", PROSE, note="段首的黑体句"),
        C("正文", "text", PROSE, required=True, note="整段文字，数用 {{ }} 引用；Alt+Enter 另起一段"),
        C("标题", "title", PROSE, more=True, note="摘编每篇第一行填"),
        C("署名", "byline", more=True, note="摘编的署名，不写——"),
        C("图片", "pictures", LIST, refers="图片", more=True, note="放在这一段的图片号，用、隔开"),
        C("状态", "status", CHOICE, choices=("草", "核", "定"), more=True),
    ),
    note="一行一段文字",
)

ACTIVITIES = SheetSpec(
    "活动",
    r.Activity,
    "activities",
    (
        C("活动号", "id", CODE, note="要在文中引用的活动填，如 H001"),
        _SECTION,
        C("单位", "unit", required=True, refers="单位", fill_down=True, note="「单位」表里的简称"),
        C("名称", "name", required=True),
        C("类型", "kind", required=True, note="如 警示教育、调研视察；计数时按它分"),
        C("开始日期", "start", DATE),
        C("地点", "place"),
        C("场次", "sessions", QUANTITY, default="1", measures=("场次", "场", "次", "期")),
        C("人次", "attendance", QUANTITY, measures=("人次", "人", "名")),
        C("做法", "practice", PROSE, note="一句话，逐单位、逐活动时入文"),
        C("成效", "result", PROSE),
        _ARTICLE_MORE,
        C("结束日期", "end", DATE, more=True),
        C("牵头单位", "lead_unit", refers="单位", outsiders=True, more=True),
        C("参加单位", "participants", LIST, refers="单位", outsiders=True, more=True),
        _INCLUDED,
        C("来源", "source", fill_down=True, more=True, note="数据出自哪份材料"),
    ),
    key="id",
    unique=True,
    named=True,
    note="一行一次（一类）活动",
)

INDICATORS = SheetSpec(
    "指标",
    r.Indicator,
    "indicators",
    (
        C("指标号", "id", CODE, required=True, note="如 Z001，不能重复"),
        _UNIT,
        _SECTION,
        C("名称", "name", required=True, note="如 产业项目"),
        C("值", "value", QUANTITY, measure_column="量词", note="只填数；还没报的先空着"),
        C("量词", "measure", note="如 个、万人次、亿元、%"),
        C("概数", "approximation", CHOICE, default="精确", choices=tuple(r.Approximation)),
        C("时期", "period", fill_down=True, note="如 今年以来、前三季度"),
        C("上年同期", "baseline", QUANTITY, measure_column="量词", note="有它才有同比"),
        _SOURCE,
        _ARTICLE_MORE,
        C("动作", "action", more=True, note="如 协助引进"),
        C("值至", "upper", QUANTITY, measure_column="量词", more=True, note="300—500元 的上限"),
        C("性质", "nature", CHOICE, default="数量", choices=tuple(r.Nature), more=True, note="量词是%时默认为比率"),
        C("小数", "decimals", INTEGER, more=True, note="算出来的百分数留几位小数"),
        C("截止日", "as_of", DATE, more=True),
        C("上期", "previous", QUANTITY, measure_column="量词", more=True, note="有它才有环比"),
        C("目标", "target", QUANTITY, measure_column="量词", more=True, note="有它才有完成率"),
        C("总体", "whole", REFERENCE, measure_column="量词", refers="指标", more=True, note="一个数，或另一行的指标号"),
        C("总体名称", "whole_name", more=True, note="如 提案总数"),
        C("占比", "share", QUANTITY, measures=("%",), more=True, note="不知道总体时，照报送的填"),
        C(
            "对照",
            "comparison",
            REFERENCE,
            measure_column="量词",
            refers="指标",
            more=True,
            note="一个数，或另一行的指标号",
        ),
        C("对照名称", "comparison_name", more=True, note="如 2023年、全市"),
        C("名次", "rank", INTEGER, measures=("名", "位"), more=True),
        C("排名范围", "rank_range", more=True, note="单位的类别或上级"),
        C("可加", "additive", YES_NO, default="是", more=True, note="%、增速、名次默认为否"),
        C("同组", "group", more=True, note="要并排列出的行填同一个词"),
        C("口径", "caliber", more=True),
        C("报送人", "reporter", fill_down=True, more=True),
        _INCLUDED,
    ),
    key="id",
    unique=True,
    named=True,
    note="一行一个数",
)

QUOTES = SheetSpec(
    "引语",
    r.Quote,
    "quotes",
    (
        C("引语号", "id", CODE, required=True, note="如 Y001，不能重复"),
        _ARTICLE,
        _SECTION,
        C("序", "order", NUMBER),
        C("姓名", "person"),
        C("身份", "role"),
        C("原文", "text", PROSE, required=True, note="不写外面的引号"),
        C("引导语", "intro", PROSE, note="如 市民说"),
        C("已核定", "approved", YES_NO, default="否"),
    ),
    key="id",
    unique=True,
    named=True,
    note="一行一句引语",
)

PICTURES = SheetSpec(
    "图片",
    r.PictureRow,
    "pictures",
    (
        C("图片号", "id", CODE, required=True, note="如 P1，不能重复"),
        C("稿号", "article", CODE, refers="稿件", fill_down=True, note="多篇稿时不填，就是整版的图"),
        _SECTION,
        C("文件", "file", required=True, note="图片文件名，放在工作簿的文件夹或其下"),
        C("图说", "caption", PROSE, note="一组只填一次，按填写的样子印"),
        C("摄影", "photographer", note="只填姓名，模板会加“摄”"),
        C("组号", "group", note="同组的图填同一个号"),
        C("图号", "number", note="如 ①"),
        C("宽度", "width", NUMBER, measures=("厘米", "cm"), note="厘米；不填就按图片原来的大小，高不过7.5厘米"),
        C("位置", "position", CHOICE, choices=("文前", "板块前", "板块后", "文末")),
    ),
    key="id",
    unique=True,
    named=True,
    note="一行一张图",
)

LISTS = SheetSpec(
    "名单",
    r.ListItem,
    "lists",
    (
        C("名单名", "list_name", required=True, note="同一份名单填同一个名字"),
        C("序", "order", NUMBER),
        C("名称", "name", required=True),
        C("单位", "unit", refers="单位", outsiders=True, fill_down=True),
        C("级别", "level", note="如 自治区级"),
        C("年份", "year"),
        C("金额", "amount", QUANTITY, measures=("元",)),
        C("备注", "note"),
    ),
    key="name",
    note="项目、荣誉、支部、与会者：凡是按名字列出或计数的",
)

TERMS = SheetSpec(
    "词表",
    r.Term,
    "terms",
    (
        C("类别", "category", CHOICE, required=True, choices=("缩略", "豁免", "规范", "禁用", "量词")),
        C("词", "word", required=True),
        C("替换", "replacement", note="规范的写法"),
        C("备注", "note"),
    ),
    key="word",
    note="不用溯源的词、规范写法、禁用的词",
)

SHEETS: tuple[SheetSpec, ...] = (
    MASTHEAD,
    ARTICLES,
    UNITS,
    SECTIONS,
    CONTENTS,
    ACTIVITIES,
    INDICATORS,
    QUOTES,
    PICTURES,
    LISTS,
    TERMS,
)

_BY_RECORD = {spec.record: spec for spec in SHEETS}


def sheet_of(record: type[r.Record]) -> SheetSpec:
    """The sheet whose rows are of this type."""
    return _BY_RECORD[record]


def headers_of(record: type[r.Record]) -> Mapping[str, str]:
    """Header → field name of every column of the record's sheet, in their order."""
    return {column.header: column.field for column in sheet_of(record).columns}


def prose_columns(record: type[r.Record]) -> Mapping[str, str]:
    """Header → field name of the columns of the record's sheet whose cells may hold {{ }}."""
    return {column.header: column.field for column in sheet_of(record).columns if column.kind is Kind.PROSE}


# At least one of these must be there.
DATA_SHEETS: tuple[SheetSpec, ...] = (INDICATORS, ACTIVITIES)
