"""Idioms, slogans and set phrases of official prose whose numeral counts nothing that a cell could hold.

How chosen: of the 23,000 words with a numeral in a common Chinese word list, and of the slogans of party and government
documents, those whose numeral stands before a classifier, or is a compound one, so that the rules would take it for a
count; idioms whose numeral nothing can count (一心一意, 三令五申, 四通八达) are no number anyway. Added to these are
words that end in a numeral and would lend it to the next (统一, 万一, 再三).

A phrase matches wherever it stands, unless its first character continues a numeral: 十分 in 二十分钟 is no adverb.
"""

from __future__ import annotations

# Words that end in a numeral, festivals, and 第一 where it ranks nothing.
_WORDS = """
统一 唯一 惟一 单一 专一 同一 合一 归一 划一 任一 逐一 不一 如一 为一 之一 之二 之三 其一 其二 其三 万一 再三
独一 一再 数九 九一八 一二九 五一 六一 七一 八一 三八 三月三 双十一 双十二 双11 双12 百分百 半数以下 过半百
时间过半 任务过半 双过半 十分 千百年 千百次 千百万 千万元级 第一时间 第一书记 第一方阵 第一责任人 第一动力
第一资源 第一要务 第一生产力 第一议题 第一线 第一把手 第三方 第一课堂 第二课堂 第一梯队 第一抓手 第一标准
第一信号 第一目标 第一选择 第一家园 第二故乡 第一身份 第一职责 第一粒扣子 第一道防线 第一手 第一现场 第一要素
第一位的 第一感受 第一印象 第一意识 第一公里
"""

# Idioms and sayings.
_IDIOMS = """
三个臭皮匠 三天打鱼 两天晒网 三天两头 三天三夜 七天七夜 三年五载 三年两载 十年磨一剑 十年如一日 二十年如一日
三十年如一日 四十年如一日 十年树木 百年树人 十年寒窗 三十年河东 三十年河西 十年九旱 十年浩劫 十年动乱 三下五除二
三番五次 三番两次 三回五次 三次三番 两次三番 三人成虎 三户亡秦 三分天下 七分饱 三分钟热度 五分钟热度 三分之功
七分人事 三分靠 七分靠 三分治 七分管 三分建 七分养 判若两人 一家三口 一家四口 一家五口 一家人 两家人 一家亲
一家子 五花八门 百里挑一 百年大计 百年不遇 百年一遇 五十年一遇 二十年一遇 三十年一遇 千年一遇 十年一遇 百年老店
百年变局 百年未有 百家争鸣 百米冲刺 百米跨栏 千家万户 千篇一律 千千万万 成千上万 成百上千 成千成百 成千成万
上百上千 上千上万 万家灯火 万人空巷 六根清净 三座大山 三五成群 三三两两 接二连三 举一反三 丢三落四 颠三倒四
朝三暮四 推三阻四 说三道四 低三下四 不三不四 说一不二 独一无二 数一数二 略知一二 一分为二 一拖二 一带二 五次三番
一个鼻孔 半斤八两 两条腿走路 两件事 360度 180度大转弯 八九不离十 十之八九 十有八九 三岁看老 六月飞雪 六月六
七月七 八月十五 正月十五 年三十 腊月三十 五月五 九月九 五年一个样 三年大变样 三年一大步 三天一小 五天一大 三日一
五日一 十月怀胎 十根手指 五根手指 一亩三分地 一亩田 最后一公里 最初一公里 最先一公里 前一公里 中间一公里
最后一百米 最后100米 最后1公里 最先1公里 最初1公里 四处奔波 四处奔走 四处寻找 四处打听 四处张望 四处筹措
四处求医 四处碰壁 十二分 不管三七二十一
"""

# Slogans, campaigns, systems and bodies. Slogans of 个 and a verb (两个维护, 五个坚持) are a rule, in context.py.
_SLOGANS = """
五项原则 一个中国 一百年奋斗目标 建党一百年 建军一百年 两个一百年 两个大局 两个责任 两个健康 两个先锋队
两个基本点 一个中心 三个地 三个表率 四个服务 四个一线 四个现代化 四个合格 四个带头 两个结合 两个覆盖 两个全覆盖
两个文明 八项规定 八项本领 六项纪律 八项注意 五位一体 四位一体 三位一体 六位一体 七位一体 三件套 四件套 五件套
三道红线 三条红线 三条控制线 四套班子 五套班子 四家班子 两块牌子 三支一扶 三支两军 一对一 一帮一 1对1
一个都不能少 一个也不能少 一个不少 一个不漏 一件事 一张网 一张图 一张蓝图 一本通 一条龙 一条心 一门式 一期一会
一次不跑 三次分配 三次产业 三次审议 四次审议 三类监测对象 三类水质 三类户 三类苗 五篇大文章 三期叠加
四期叠加 上百度 两所一庭 一庭两所
三家两地 三区三州 三区两州 三台合一 三人篮球 三米板 八分之一决赛 四分之一决赛 二分之一决赛 百家讲坛 万元户
亿元村 千名干部 百名干部 万名干部 百千万 千人计划 万人计划 八五普法
"""

SET_PHRASES = frozenset((_WORDS + _IDIOMS + _SLOGANS).split())
