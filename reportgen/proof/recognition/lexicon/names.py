"""Names with numerals that would be read as counts: places, brands, institutions.

Chosen from the divisions of China down to the county, and from well-known places and brands, as far as their name has a
numeral and after it a syllable that counts things (三门县, 五台山, 九台区, 六枝特区). A name whose numeral nothing can
count (四川, 百色, 九江, 三江, 七星, 八步, 万秀) is no number by the rules and need not be here. Names that begin like a
count stand with their ending, so that 三台设备 stays a number.
"""

from __future__ import annotations

_NAMES = """
三门湾 三门核电 三元区 三元桥 三元乳业 三元中心 三台县 三台山 三台镇 三家村 三家店 三道沟 三道河 三道湾 三道岭
三人行 三只松鼠 三棵树涂料 四道口 四门镇 四家子 四部丛刊 五台山 五台县 五台湖 五家渠 五棵松 五道口 五块石 五人墩
五笔字型 五间房 六部口 六道湾 六道沟 六家子 七台河 七匹狼 七天连锁 七道湾 七道沟 七家子 七间房 八家子 八层山
八道湾 八道江 八间房 八所港 八所镇 九台区 九台市 九台农商行 九层岭 九道湾 九道弯 九门口 九间棚 九个泉 二十四道拐
千户苗寨 千家峒 千层塔 千年桐 百家姓 百家号 百家岩 百年老街 万年县 万年青 万家丽 万家乐 万家寨 万户侯 万岁山
一棵树
"""

NAMES = frozenset(_NAMES.split())
