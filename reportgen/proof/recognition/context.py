"""Whether a numeral in characters counts something: what stands before and behind it tells.

The rules, in short: a numeral before a classifier counts. 二 before one does not (a count says 两; 二次 and 二类 are
names). A bare weight (百 千 万) needs a word like 近 上 数 达 or 余. 一 is the article; it counts only after a verb of
bringing about, after 仅 共 各 每, or in a list with other counts. A numeral without a classifier counts when it is
compound and ends its clause, and before the few nouns that headlines count bare.
"""

from __future__ import annotations

import re

from reportgen.proof.recognition.lexicon.measures import COUNTED_BY_ONE, COUNTED_NOUNS, PLACES, breaks
from reportgen.proof.recognition.number import NumberKind
from reportgen.proof.recognition.quantities import Quantity

_END = "，。；、：！？,.;:!?）)”’」』 　\n"
# What makes a number of a bare weight or of a numeral at the end of a clause: 产值达千亿, 增至三百.
_REACHING = re.compile(
    "(?:达到?|突破|超过|不足|不到|将近|接近|近|约|足足|足有|共|总计|合计|多达|高达|至|到|为|增加|减少|有|逾|计|过|的|是)了?$"
)
_REACHING_BARE = re.compile("(?:达到?|突破|超过|不足|不到|将近|接近|多达|高达|足有|逾)了?$")
# What is brought about one by one: after these 一个 is a count, unless it leads up to a quality (一支过硬的队伍).
_ACHIEVED = (
    "建成|新建|新增|增设|新设|设立|设有|建有|成立|增加|减少|增至|查处|查办|立案|破获|发生|捐赠|捐建|捐献|援建|配备|配有|配置|配齐|"
    "选派|派出|派驻|聘请|推选|举办|召开|获得|荣获|获评|斩获|夺得|引进|引入|引来|购置|购买|添置|安装|开设|开通|修建|改建|扩建|"
    "竣工|投产|投用|签约|签下|认领|认养|打掉|摧毁|收到|收获|选树|评选出|挂牌|授牌|评出|孵化|培育出|培养出|现有|下设|下辖|辖|"
    "办结|化解|调处|救助|抢救|挽救|发表|出版|编印|授权|立项|提交|报送|采纳|承办|协办"
)
_DONE = "推出|拥有|产生|入选|命名|拍摄|创作|申报|申请|撰写|举行|组织|开展|实施|完成|结对|解决|打造|培育"
_SO_FAR = "(?:了|出|起|过|有|成|完成)?"
_BROUGHT_ABOUT = re.compile(f"(?:{_ACHIEVED}){_SO_FAR}$")
# 建成广场一个, 开展活动一次: the thing between the verb and its count.
_BROUGHT_ABOUT_THINGS = re.compile(f"(?:{_ACHIEVED}|{_DONE}){_SO_FAR}[^，。；：、0-9一二两三四五六七八九十]{{2,9}}$")
_QUALITY = re.compile("[^，。；]{0,12}(?:队伍|体系|机制|路子|新路|道路)")
_ONLY = re.compile("(?:仅有?|只有?|唯有|共有?|各有?|另有|另设|外加|至少|不少于|不足)$")
# Each has one: 每村一名, 为每个党委配备一名; how often (每月一次) is a habit and no count.
_EACH = re.compile("(?:每|各)(?![一过当到逢年月周天日季半])[^，。；：、一]{1,10}$")
_HABIT = re.compile("每[一两半个]?(?:年|季度|季|月|周|天|日|旬|学期)[^，。；：、]{0,8}$")
TIME_TAKEN = re.compile("(?:用时|长达|花了|用|历时|耗时|为期|仅用|只用|不到|缩短|提前|缩减|压缩到?|延长|超过|连续)了?$")
_INCIDENTS = re.compile("[^，。；、]{0,10}(?:事故|案|纠纷|事件|矛盾|火灾|险情|疫情)")
_INCIDENT_BEFORE = re.compile("(?:事故|案件?|纠纷|事件|矛盾|火灾|险情|疫情)$")
# One of these, measured and not counted, is a number after TIME_TAKEN; of the next, everywhere.
_TIMES = frozenset(("年", "天", "周", "个月", "小时", "个小时", "分钟"))
_MEASURED = frozenset(("亩", "吨", "公斤", "公里", "千米", "公顷", "平方米", "平方公里", "立方米", "斤"))
_SECOND = _MEASURED | {"倍"}
_EXTENT = re.compile(
    "(?:覆盖|涉及|辐射|惠及|下辖|辖|遍布|走遍|横跨|跨|走进|深入|所属|全市|全县|全区|全省|周边|带动|联合|辖区|等)$"
)
_PLACE_PAIR = re.compile(f"[{PLACES}][一二两三四五六七八九十]+[{PLACES}]")
_PLACE_BEFORE = re.compile(f"[一二两三四五六七八九十]+[{PLACES}]$")
_SCORE = re.compile("(?:[得评打满扣加记赋积]分?|考|均|为|成绩)了?$")
_POINTS_OF = "意见|要求|建议|体会|希望|启示|做法|共识|打算|经验|思考|看法|期望|措施|举措|原因|问题|倡议"
_POINTS_BEFORE = re.compile("(?:以下|如下|以上|下列|提出|提了|谈了|讲|这|几|明确)$")
# Classifiers that count in characters only beside what they count: 三头母牛, 锦旗三面.
_BESIDE = {
    "面": "锦旗|红旗|旗帜|国旗|奖牌|牌匾|屏幕|显示屏",
    "头": "[黄水奶肉牦种母公耕生能]?[牛猪羊驴马骡象]",
    "口": "[水机大深古老鱼山池]?[井塘]",
    "节": "[^，。；、]{0,6}课|车厢",
    "点": _POINTS_OF,
    "对": "夫妻|夫妇|新人|师徒|父子|母子",
    "集": "[^，。；、]{0,6}(?:剧|片|节目|视频)",
    "卷": "档案|志书",
    "桌": "酒席|饭菜",
}
_AHEAD = {unit: re.compile(things) for unit, things in _BESIDE.items()}
_ABAFT = {unit: re.compile(f"(?:{things})$") for unit, things in _BESIDE.items() if unit not in "节点集"}


# 六台村, 三门镇: after one numeral, not before what a village has (三台村民自购的水泵).
_VILLAGE = re.compile("[台门道块片根间堂棵项][村屯寨镇乡湾沟岭庄坪坝](?![民干级集办企里委])")
# 两个维护, 五个坚持, 四个最严: what 个 counts is a thing; before these words it makes a slogan.
_MOTTO = re.compile(
    "个(?:坚持|坚定|必须|务必|维护|确立|毫不|凡是|代表(?!团|队|处|性|作|人)|全面(?!战略伙伴|质)|意识|自信|伟大(?!工程|事业)|对照|诠释|"
    "最(?!大的|好的)|更(?!高|大的)|不(?!同|少|足)|看齐|至上|区分|有利于|严格|确保|倡导|牢固|离不开|管住|管好|扎实|认同|聚焦|"
    "到位|到村|强化|注重|始终|统一(?!的)|紧紧|有之|着力(?!点)|明确(?!的)|本领|严禁|转变|循环|面向|走在|定位|革命(?!老|根)|如何|"
    "反对|放心|满意|绝不|决不|务实|新(?![的增建设成兴型能项区])|突破(?!口|点|性)|振兴(?![村示局])|提升(?![工项行])|融入(?!点)|"
    '打造|统筹(?!区)|必由之路|服务于|先(?!进|锋|行)|一(?:百年|批)?(?=[批工、，。；”"’]|$))'
)


def counts(text: str, quantity: Quantity) -> bool:
    """True when the numeral in characters of `quantity` states a number."""
    before = text[max(0, quantity.start - 12) : quantity.start]
    after = text[quantity.end : quantity.end + 16]
    if before.endswith("第") or after.startswith("年如一日"):
        return False
    if quantity.kind is not NumberKind.COUNT:
        return not quantity.is_bare or quantity.kind in (NumberKind.PERCENT, NumberKind.FRACTION)
    if quantity.is_bare and not quantity.vague:
        return _bare_counts(quantity, before, after)
    if quantity.run == "一" and not quantity.vague:
        return _one_counts(text, quantity, before, after)
    if quantity.run == "二" and quantity.value.low == quantity.value.high:
        return quantity.unit in _SECOND and not breaks(quantity.unit, _behind(quantity, after))
    if quantity.vague:
        return True
    return _measured(quantity, before, after) or _unmeasured(quantity, before, after)


def _behind(quantity: Quantity, after: str) -> str:
    """The character after the measure word."""
    return after[len(quantity.unit) : len(quantity.unit) + 1]


def _bare_counts(quantity: Quantity, before: str, after: str) -> bool:
    measured = bool(quantity.unit) and not breaks(quantity.unit, _behind(quantity, after))
    return bool(_REACHING_BARE.search(before)) and (measured or after[:1] in _END)


def _measured(quantity: Quantity, before: str, after: str) -> bool:
    if quantity.run == "两" and quantity.unit == "天" and before[-1:] in tuple("这那过前"):
        return False  # 这两天: some days
    if quantity.unit == "周" and quantity.run == "四":
        return bool(TIME_TAKEN.search(before)) or after[1:2] in ("内", "后", "时")
    if (quantity.unit == "个" and _MOTTO.match(after)) or (len(quantity.run) == 1 and _VILLAGE.match(after)):
        return False
    if quantity.unit:
        return not breaks(quantity.unit, _behind(quantity, after))
    ahead, abaft = _AHEAD.get(after[:1]), _ABAFT.get(after[:1])
    if (ahead and ahead.match(after, 1)) or (abaft and abaft.search(before)):
        return True
    if after[:1] == "分":
        return bool(_SCORE.search(before))
    return after[:1] == "点" and bool(_POINTS_BEFORE.search(before))


def _unmeasured(quantity: Quantity, before: str, after: str) -> bool:
    """Without a classifier: nouns that are counted bare, places by twos, compound numerals that end a clause."""
    if quantity.value.low != quantity.value.high:
        return False
    if len(quantity.run) == 1 or quantity.value.high <= 20:
        if after.startswith(COUNTED_NOUNS):
            return True
        pair = _PLACE_PAIR.match(after) or (after[:1] in PLACES and _PLACE_BEFORE.search(before))
        if pair or (after[:1] and after[:1] in PLACES and _EXTENT.search(before)):
            return True
    compound = len(quantity.run) > 1
    ends = after[:1] == "" or after[:1] in _END
    return compound and ends and (len(quantity.run) > 2 or bool(_REACHING.search(before)))


def _one_counts(text: str, quantity: Quantity, before: str, after: str) -> bool:
    unit, behind = quantity.unit, _behind(quantity, after)
    if (unit not in COUNTED_BY_ONE and unit not in _MEASURED) or breaks(unit, behind):
        return False
    if unit in _TIMES or before.endswith("一"):
        return unit in _TIMES and bool(TIME_TAKEN.search(before)) and behind != "来"
    if unit in _MEASURED:
        return True
    rest = after[len(unit) :]
    ends = behind == "" or behind in _END
    if (unit == "起" and not _INCIDENTS.match(rest)) or (behind and behind == unit[-1]):
        return unit == "起" and ends and bool(_INCIDENT_BEFORE.search(before))  # 案件一起, not 一起推动, 一项项
    if _ONLY.search(before) or _EACH.search(before):
        return True
    if _HABIT.search(before):
        return False
    if _BROUGHT_ABOUT.search(before):
        return not ends and not rest.startswith(("又一", "比一", "个")) and not _QUALITY.match(rest)
    return ends and bool(_BROUGHT_ABOUT_THINGS.search(before) or _among_counts(text, quantity))


# Another count at the end of an item next to this one: 一等奖两个、二等奖一个.
_CLASSIFIER = f"[{''.join(sorted(unit for unit in COUNTED_BY_ONE if len(unit) == 1))}]"
_SEVERAL = "[0-9二两三四五六七八九十百千万]{1,4}"
_ITEM_BEFORE = re.compile(f"{_SEVERAL}{_CLASSIFIER}(?:[、，；和]|以及)[^，。；、0-9]{{1,12}}$")
_ITEM_AFTER = re.compile(f"{_CLASSIFIER}[、，；和][^，。；、0-9]{{1,12}}{_SEVERAL}{_CLASSIFIER}")


def _among_counts(text: str, quantity: Quantity) -> bool:
    before, after = text[max(0, quantity.start - 20) : quantity.start], text[quantity.end : quantity.end + 24]
    return bool(_ITEM_BEFORE.search(before) or _ITEM_AFTER.match(after))
