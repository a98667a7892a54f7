"""量词 and units: what makes a numeral in front of it a count, and what shows that it does not.

Chosen from the classifiers of GB/T 15835's examples and those of official prose. A classifier that more often is part
of a word after a numeral in characters (级 线 路 方 度 面 手 …) counts after Arabic digits only.
"""

from __future__ import annotations

import re

# Said after digits and characters alike. Longer ones first where one begins another.
_PLAIN = """
人次 户次 场次 批次 台次 架次 车次 件次 家次 班次 例次 艘次 箱次 航次 亩次 项次 所次 点次 篇次 件套 台套 人份
标箱 标准箱 平方公里 平方千米 平方米 平方 立方米 立方 公顷 公里 千米 厘米 毫米 微米 英里 海里 公斤 千克 毫升
千瓦时 千瓦 兆瓦时 兆瓦 吉瓦 千伏安 千伏 摄氏度 美元 欧元 日元 港元 英镑 人民币 个百分点 个工作日 个小时 个月
个半月 个学时 个课时 个季度 个年头 个交易日 季度 周岁 小时 分钟 学时 课时 秒钟 刻钟 个 名 位 家 户 条 件 项 次
场 座 栋 幢 间 套 台 辆 艘 架 支 组 处 只 匹 羽 棵 株 根 块 片 幅 张 册 份 封 篇 首 段 章 页 款 种 堂 例 宗 起
桩 笔 枚 颗 粒 盏 顶 趟 轮 遍 批 期 类 所 人 年 天 周 秒 岁 届 元 米 亩 吨 斤 升 门 部 本 箱 袋 瓶 桶 盒 捆 床
尊 层 道 课 席 部分
"""

# After Arabic digits only.
_AFTER_DIGITS = """
千卡 大卡 分贝 公分 公升 英尺 英寸 个点 对 双 副 队 班 排 列 站 口 眼 头 尾 股 票 分 里 两 克 时 日 夜 晚 月 代
卷 集 节 包 串 车 船 瓦 伏 杯 碗 盘 桌 盆 圈 环 重 级 等 线 路 面 步 手 把 声 句 字 词 角 毛 度 折 成 方 尺 寸
丈 顷 担 石 版 幕 出 回 届 刊 点 档 格 栏 阶 旬 辈 房 院 县 市 区 镇 乡 村 屯 校 省 州 国 岛 港 园 店 厂 馆 库
桥 坝 塘 井 户 城 县区 乡镇 村屯 行政村 自然村 自然屯
"""

_LATIN = """
km² km m² m³ mm cm kg km/h kWh MWh GWh kW MW GW kV KV kVA mg ml mL KM KG GB MB TB PB Mbps Gbps dB ℃ °C ㎡ ㎥ ㎞
㎏ m t g L
"""


def _alternatives(words: str) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words.split()), key=len, reverse=True))


# A scale belongs to the number, not to its unit: 亿元 is 元 after 亿.
UNIT_AFTER_CHARACTERS = re.compile(_alternatives(_PLAIN))
UNIT_AFTER_DIGITS = re.compile(f"(?:{_alternatives(_LATIN)})(?![A-Za-z])|{_alternatives(_PLAIN + _AFTER_DIGITS)}")

# A classifier and what may not follow it: then it is the beginning of a word, and the numeral before it no count.
# Only what does stand after numerals: 三部门, 两层级, 九年制, 三段式.
_BROKEN_BY = {
    "名": "言著",
    "位": "置数",
    "家": "庭族属务喻",
    "条": "例款",
    "件": "数套",
    "次": "数序元方性",
    "台": "湾账州胞阶",
    "支": "部持撑付",
    "首": "先次要批届",
    "轮": "车驱电摩",
    "类": "似别",
    "所": "有需以谓属得长",
    "人": "大民才口均间称制",
    "年": "级代鉴制",
    "天": "然气空津制",
    "周": "边围年",
    "秒": "杀",
    "元": "素旦宵化里论制",
    "门": "峡县槛框",
    "部": "门委曲队位件",
    "层": "级次",
    "段": "式制论",
    "班": "制",
    "场": "所馆制",
    "届": "制",
    "课": "题",
    "片": "区",
    "处": "长级",
    "重": "性",
}


def breaks(unit: str, following: str) -> bool:
    """True when the character after a classifier shows that it begins another word."""
    return bool(following) and following in _BROKEN_BY.get(unit, "")


# Nouns that official headlines count without a classifier: 两案例入选, 三企业获奖.
COUNTED_NOUNS = (
    "项目", "企业", "案例", "单位", "学校", "支部", "党支部", "社区", "乡镇", "园区", "景区", "县区", "县市", "地市",
    "村屯", "集体", "课题", "产品", "品牌", "作品", "农户", "村庄", "行政村", "自然村", "工作日", "百分点",
)  # fmt: skip
# Places of administration: counted when two stand together (三县两区) or a verb of extent stands before.
PLACES = "省州市县区旗镇乡村屯"

# What 一 counts after: see context.py. Only what comes in single things, not 批 种 类 番 片.
_BY_ONE = """
个 名 位 家 户 条 件 项 次 场 座 栋 幢 间 套 台 辆 艘 架 支 处 只 匹 棵 株 块 幅 张 册 份 封 篇 首 所 人 届 期
门 部 本 起 例 宗 笔 枚 颗 盏 顶 趟 轮 遍 堂 课 组 年 天 周 个月 小时 个小时 分钟 亩 吨 公斤 公里 元 人次 场次
批次
"""
COUNTED_BY_ONE = frozenset(_BY_ONE.split())
