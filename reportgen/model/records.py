"""The Dataset: one typed, frozen record per row of the input workbook.

Field names are English; which Chinese header each stands for is said once, in validate's table.
Prose stays as typed (with its `{{ }}`); every record carries its Origin, so each field has its cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from reportgen.model.cells import CellValue, Origin

# Who takes records takes what their cells say with them.
from reportgen.model.values import Approximation as Approximation
from reportgen.model.values import Nature as Nature
from reportgen.model.values import Precision as Precision
from reportgen.model.values import Quantity as Quantity
from reportgen.model.values import When as When

_ONCE = Quantity(Decimal(1))


@dataclass(frozen=True, slots=True)
class Record:
    """What every row has: where it stands; its origin knows the columns that no contract names as well."""

    origin: Origin


@dataclass(frozen=True, slots=True)
class Masthead(Record):
    """刊期: what the whole issue is, and the settings."""

    kind: str
    name: str = ""
    number: str = ""
    total_number: str = ""
    publisher: str = ""
    date: When | None = None
    period_start: When | None = None
    period_end: When | None = None
    column: str = ""
    editor_note: str = ""
    byline: str = ""
    picture_credit: str = ""
    secrecy: str = ""
    report_to: str = ""
    send_to: str = ""
    distribute_to: str = ""
    copies: str = ""
    template: str = ""
    small_base: Decimal = Decimal(20)
    doubling: str = "倍"
    decimals: int = 1


@dataclass(frozen=True, slots=True)
class ArticleRow(Record):
    """稿件: one article."""

    id: str
    title: str
    subtitle: str = ""
    kicker: str = ""
    unit: str = ""
    dateline: str = ""
    byline: str = ""
    byline_position: str = "题下"
    page_order: Decimal | None = None
    picture_credit: str = ""


@dataclass(frozen=True, slots=True)
class Unit(Record):
    """单位."""

    short_name: str
    full_name: str = ""
    aliases: tuple[str, ...] = ()
    category: str = ""
    parent: str = ""
    order: Decimal | None = None
    reports: bool = True
    report_status: str = ""
    contact: str = ""
    deadline: When | None = None


@dataclass(frozen=True, slots=True)
class SectionRow(Record):
    """板块."""

    id: str
    article: str = ""
    order: Decimal | None = None
    heading: str = ""
    second_heading: str = ""
    mode: str = "自由段"
    unit_scope: tuple[str, ...] = ()
    intro: str = ""
    transition: str = ""
    ellipsis: bool = False
    closing: str = ""


@dataclass(frozen=True, slots=True)
class ContentRow(Record):
    """内容: one paragraph of prose (or several, parted by line breaks)."""

    kind: str
    text: str
    article: str = ""
    section: str = ""
    order: Decimal | None = None
    unit: str = ""
    lead: str = ""
    title: str = ""
    byline: str = ""
    pictures: tuple[str, ...] = ()
    status: str = ""


@dataclass(frozen=True, slots=True)
class Activity(Record):
    """活动."""

    unit: str
    name: str
    kind: str
    id: str = ""
    section: str = ""
    start: When | None = None
    place: str = ""
    sessions: Quantity | None = _ONCE
    attendance: Quantity | None = None
    practice: str = ""
    result: str = ""
    article: str = ""
    end: When | None = None
    lead_unit: str = ""
    participants: tuple[str, ...] = ()
    included: bool = True
    source: str = ""


@dataclass(frozen=True, slots=True)
class Indicator(Record):
    """指标. `whole` and `comparison` are a number or the 指标号 of another row."""

    id: str
    name: str
    unit: str = ""
    section: str = ""
    value: Quantity | None = None
    measure: str = ""
    approximation: Approximation = Approximation.EXACT
    period: str = ""
    baseline: Quantity | None = None
    source: str = ""
    article: str = ""
    action: str = ""
    upper: Quantity | None = None
    nature: Nature = Nature.COUNT
    decimals: int | None = None
    as_of: When | None = None
    previous: Quantity | None = None
    target: Quantity | None = None
    whole: Quantity | str | None = None
    whole_name: str = ""
    share: Quantity | None = None
    comparison: Quantity | str | None = None
    comparison_name: str = ""
    rank: int | None = None
    rank_range: str = ""
    additive: bool = True
    group: str = ""
    caliber: str = ""
    reporter: str = ""
    included: bool = True


@dataclass(frozen=True, slots=True)
class Quote(Record):
    """引语."""

    id: str
    text: str
    article: str = ""
    section: str = ""
    order: Decimal | None = None
    person: str = ""
    role: str = ""
    intro: str = ""
    approved: bool = False


@dataclass(frozen=True, slots=True)
class PictureRow(Record):
    """图片. `width` in centimetres."""

    id: str
    file: str
    article: str = ""
    section: str = ""
    caption: str = ""
    photographer: str = ""
    group: str = ""
    number: str = ""
    width: Decimal | None = None
    position: str = ""


@dataclass(frozen=True, slots=True)
class ListItem(Record):
    """名单."""

    list_name: str
    name: str
    order: Decimal | None = None
    unit: str = ""
    level: str = ""
    year: str = ""
    amount: Quantity | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Term(Record):
    """词表."""

    category: str
    word: str
    replacement: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ExtraRow:
    """A row of a sheet no contract names; `values` follow the table's headers."""

    origin: Origin
    values: tuple[CellValue, ...]


@dataclass(frozen=True, slots=True)
class ExtraTable:
    """Any other sheet, read by its own headers: 表['与会人员']."""

    name: str
    headers: tuple[str, ...]
    rows: tuple[ExtraRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """Everything the workbook says, typed. `sha256` is the workbook's; `file` its name.

    `absent` are the contract's sheets that the workbook lacks, hidden ones aside; `unread` those that must be there, or
    whose rows have names, and could not be read in full: with any, a name that prose cannot find may be theirs.
    """

    file: str
    folder: str
    sha256: str
    masthead: Masthead
    articles: tuple[ArticleRow, ...]
    units: tuple[Unit, ...] = ()
    sections: tuple[SectionRow, ...] = ()
    contents: tuple[ContentRow, ...] = ()
    activities: tuple[Activity, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    quotes: tuple[Quote, ...] = ()
    pictures: tuple[PictureRow, ...] = ()
    lists: tuple[ListItem, ...] = ()
    terms: tuple[Term, ...] = ()
    tables: tuple[ExtraTable, ...] = ()
    absent: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()
