"""Workbooks as large as they come: 指标 of any number of rows, and the styled blanks that formatting leaves behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter

Value = str | int | float | date | None

STYLED_ROWS = 848_000
LAST_ROW = 1_048_576
_HEADERS = (
    *("指标号", "单位", "板块号", "名称", "值", "量词", "概数", "时期", "上年同期", "来源"),
    *("截止日", "目标", "占比", "口径", "报送人"),
)
_UNITS = tuple(f"{name}市政协" for name in ("柳州", "桂林", "梧州", "北海", "玉林", "百色", "贺州", "河池", "来宾"))
_NAMES = ("引进产业项目", "到位资金", "走访企业", "解决问题", "接待群众", "提案办复率", "培训干部", "帮扶农户")
_PERIODS = ("今年以来", "一季度", "上半年", "前三季度")
_CALIBERS = ("含续建的，不含已经终止的", "不含市外项目", "按立案数", "以各县区报送的合计")
_COUNTED = ("个", "家", "件", "万人次")
_SURROUNDINGS: dict[str, tuple[tuple[str, ...], ...]] = {
    "刊期": (("项目", "内容"), ("文种", "综述"), ("统计起", "2025-01-01"), ("统计止", "2025-12-31")),
    "稿件": (("稿号", "主标题"), ("1", "各地工作综述")),
    "单位": (("简称",), *((unit,) for unit in _UNITS)),
    "板块": (("板块号", "稿号", "小标题"), *((f"B{n}", "1", f"第{n}部分") for n in range(1, 7))),
}
_SHEET = f"xl/worksheets/sheet{len(_SURROUNDINGS) + 1}.xml"


def write_indicators(path: Path, count: int) -> None:
    """A workbook with `count` rows × 15 columns in 指标, every column in use, valid but for a blank 值 now and then."""
    with xlsxwriter.Workbook(path) as book:
        percent, day = book.add_format({"num_format": "0.0%"}), book.add_format({"num_format": "yyyy-mm-dd"})
        for title, rows in _SURROUNDINGS.items():
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        sheet = book.add_worksheet("指标")
        sheet.write_row(0, 0, _HEADERS)
        for number, indicator in enumerate(_indicators(count), 1):
            for column, value in enumerate(indicator):
                if isinstance(value, date):
                    sheet.write_datetime(number, column, value, day)
                elif isinstance(value, float) and 0 <= value <= 1:
                    sheet.write_number(number, column, value, percent)
                elif value is not None:
                    sheet.write(number, column, value)


def _indicators(count: int) -> Iterator[tuple[Value, ...]]:
    """Rows as clerks send them: whole numbers, fractions, percentages, 概数, thousands separators, dates, blanks."""
    for n in range(1, count + 1):
        value, measure, approximation = _value(n)
        known = isinstance(value, (int, float))
        unit = _UNITS[n % len(_UNITS)]
        yield (
            f"Z{n:06}",
            unit,
            f"B{n % 6 + 1}",
            f"{_NAMES[n % len(_NAMES)]}（第{n % 997}批）",
            value,
            measure,
            approximation,
            _PERIODS[n % len(_PERIODS)],
            _times(value, 0.875),
            f"{unit}2025年第{n % 53}号报表",
            date(2025, 1, 1) + timedelta(days=n % 360),
            _times(value, 1.25),
            n % 89 / 100 if known else None,
            _CALIBERS[n % len(_CALIBERS)],
            f"联系人{n % 301}",
        )


def _times(value: Value, factor: float) -> Value:
    if isinstance(value, int):
        return int(value * factor)
    return round(value * factor, 3) if isinstance(value, float) else None


def _value(n: int) -> tuple[Value, str, str]:
    """值, 量词 and 概数 of the n-th row; small numbers are more frequent than large ones."""
    size = 10 ** (n * 0.618 % 1 * 4)
    if n % 200 == 0:
        return None, "个", "精确"
    if n % 10 == 0:
        return n % 797 / 1000, "%", "精确"
    if n % 17 == 0:
        return (f"{n % 90 + 10}多万", f"近{n % 900 + 100}", f"{n % 900 + 1}余")[n % 3], "人次", "精确"
    if n % 13 == 0:
        return f"{n % 90 + 1},{n % 900 + 100}", "户", "精确"
    if n % 3 == 0:
        return round(size + 1, 2), "亿元", "精确"
    return int(size) + 1, _COUNTED[n % len(_COUNTED)], "超" if n % 49 == 0 else "精确"


def write_far_cell(path: Path) -> None:
    """200 rows, and one styled cell in the last row that a sheet can have."""
    _append(path, [f'<row r="{LAST_ROW}"><c r="A{LAST_ROW}" s="1"/></row>'])


def write_styled_tail(path: Path) -> None:
    """200 rows, and below them 848,000 rows of 15 cells that have a style and nothing else."""
    numbers = range(202, 202 + STYLED_ROWS)
    _append(path, (f'<row r="{row}" spans="1:15">{_styled_cells(row)}</row>' for row in numbers))


def _styled_cells(row: int) -> str:
    return "".join(f'<c r="{letter}{row}" s="1"/>' for letter in "ABCDEFGHIJKLMNO")


def _append(path: Path, rows: Iterable[str]) -> None:
    """Writes a workbook of 200 indicators with `rows` put in after them."""
    plain = path.with_suffix(".plain.xlsx")
    write_indicators(plain, 200)
    with ZipFile(plain) as source, ZipFile(path, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            head, end, tail = source.read(name).partition(b"</sheetData>")
            with target.open(name, "w") as part:
                part.write(head)
                if name == _SHEET:
                    for row in rows:
                        part.write(row.encode("ascii"))
                part.write(end + tail)
    plain.unlink()
