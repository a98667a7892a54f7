"""The table of sheets and columns is consistent with the records and with itself."""

from __future__ import annotations

from dataclasses import MISSING, fields
from enum import StrEnum

import pytest

from reportgen.diagnostics.catalogue import read
from reportgen.diagnostics.catalogue.validate import agreement, cells, sheets
from reportgen.diagnostics.types import Code
from reportgen.model.records import Dataset, Indicator, Record
from reportgen.model.schema import SHEETS, Kind, SheetSpec, headers_of, sheet_of
from reportgen.validate.cells import numbers, values
from reportgen.validate.headers import normal

BY_NAME = {spec.name: spec for spec in SHEETS}
EVERY = pytest.mark.parametrize("spec", SHEETS, ids=lambda spec: spec.name)


# As the contract writes it: * required, what stands after ‖ is folded into 更多.
CONTRACT = {
    "刊期": "文种* 刊名 期号 总期号 编发单位 编发日期 统计起 统计止 栏目 编者按 署名 图片尾注 密级 报 送 发 印数 模板 "
    "小基数 翻倍写法 小数",
    "稿件": "稿号* 主标题* 副标题 引题 单位 电头 署名 署名位置 版面序 图片尾注",
    "单位": "简称* 全称 别称 类别 上级 排序 参报 ‖ 报送状态 联系人 截止",
    "板块": "板块号* 稿号 序 小标题* 小标题下行 展开方式 单位范围 导入 过渡句 末尾省略号 收束",
    "内容": "稿号 板块号 序 类型* 单位 领句 正文* ‖ 标题 署名 图片 状态",
    "活动": "活动号 板块号 单位* 名称* 类型* 开始日期 地点 场次 人次 做法 成效 "
    "‖ 稿号 结束日期 牵头单位 参加单位 入文 来源",
    "指标": "指标号* 单位 板块号 名称* 值 量词 概数 时期 上年同期 来源 "
    "‖ 稿号 动作 值至 性质 小数 截止日 上期 目标 总体 总体名称 占比 对照 "
    "对照名称 名次 排名范围 可加 同组 口径 报送人 入文",
    "引语": "引语号* 稿号 板块号 序 姓名 身份 原文* 引导语 已核定",
    "图片": "图片号* 稿号 板块号 文件* 图说 摄影 组号 图号 宽度 位置",
    "名单": "名单名* 序 名称* 单位 级别 年份 金额 备注",
    "词表": "类别* 词* 替换 备注",
}
CHOICES = {
    ("稿件", "署名位置"): "题下/电头/文末",
    ("单位", "报送状态"): "未报/已报/退回/已核",
    ("板块", "展开方式"): "自由段/逐单位/逐活动/摘编框",
    ("内容", "类型"): "导语/正文/单位段/摘编/链接/结尾",
    ("内容", "状态"): "草/核/定",
    ("指标", "概数"): "精确/多/余/近/超/突破/上",
    ("指标", "性质"): "数量/比率/增速/名次",
    ("图片", "位置"): "文前/板块前/板块后/文末",
    ("词表", "类别"): "缩略/豁免/规范/禁用/量词",
    ("刊期", "翻倍写法"): "倍/增长",
}


def test_the_sheets_and_columns_are_those_of_the_contract() -> None:
    written = {}
    for spec in SHEETS:
        first = next((column for column in spec.columns if column.more), None)
        words = []
        for column in spec.columns:
            words += ["‖"] if column is first else []
            words.append(f"{column.header}*" if column.required else column.header)
        written[spec.name] = " ".join(words)
    assert written == CONTRACT


def test_the_choices_are_those_of_the_contract() -> None:
    found = {(s.name, c.header): "/".join(c.choices) for s in SHEETS for c in s.columns if c.choices}
    assert found == CHOICES


def test_only_columns_that_name_a_rows_place_are_filled_down() -> None:
    filled = {column.header for spec in SHEETS for column in spec.columns if column.fill_down}
    assert filled == {"稿号", "板块号", "单位", "时期", "来源", "报送人"}
    for spec in SHEETS:
        for column in spec.columns:
            assert column.fill_down or column.header not in filled or column.field == spec.key, (
                spec.name,
                column.header,
            )


@EVERY
def test_every_field_of_a_record_has_its_column(spec: SheetSpec) -> None:
    own = {field.name for field in fields(spec.record)} - {field.name for field in fields(Record)}
    assert {column.field for column in spec.columns} == own
    assert spec.dataset_field in {field.name for field in fields(Dataset)}


@EVERY
def test_headers_are_unique_and_compare_as_themselves(spec: SheetSpec) -> None:
    headers = [column.header for column in spec.columns]
    assert len(set(headers)) == len(headers)
    assert [normal(header) for header in headers] == headers


@EVERY
def test_what_a_record_cannot_do_without_is_required(spec: SheetSpec) -> None:
    for field in fields(spec.record):
        if field.default is MISSING and field.name != "origin":
            assert spec.column(field.name).required, field.name


@EVERY
def test_what_a_blank_means_is_the_same_in_table_and_record(spec: SheetSpec) -> None:
    readers = {
        Kind.CHOICE: lambda text, column: values.choice(text, column.choices, column.header),
        Kind.YES_NO: lambda text, column: values.yes_no(text, ""),
        Kind.NUMBER: lambda text, column: numbers.number(text),
        Kind.INTEGER: lambda text, column: numbers.whole(text),
        Kind.QUANTITY: lambda text, column: numbers.quantity(text, column.measures),
    }
    defaults = {field.name: field.default for field in fields(spec.record)}
    for column in spec.columns:
        if column.default:
            assert readers[column.kind](column.default, column) == defaults[column.field], column.header


@EVERY
def test_references_and_measures_point_at_what_is_there(spec: SheetSpec) -> None:
    for column in spec.columns:
        assert not column.refers or BY_NAME[column.refers].key
        assert not column.measure_column or column.measure_column in {other.header for other in spec.columns}
        assert (column.kind is Kind.CHOICE) == bool(column.choices)
        assert all(isinstance(word, str | StrEnum) for word in column.choices)


def test_columns_can_be_had_by_record() -> None:
    assert sheet_of(Indicator).name == "指标"
    assert headers_of(Indicator)["上年同期"] == "baseline"


@pytest.mark.parametrize(
    "entry",
    [entry for stage in (read, sheets, cells, agreement) for entry in vars(stage).values() if isinstance(entry, Code)],
    ids=lambda entry: entry.code,
)
def test_every_code_of_reading_can_be_explained(entry: Code) -> None:
    assert all((entry.message, entry.suggestion, entry.meaning, entry.example, entry.cure))
    assert entry.code[0] in "RV"
