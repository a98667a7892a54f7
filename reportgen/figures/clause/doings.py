"""Whether a 名称 says what was done (走访困难群众) or names a thing (警示教育, 培训班), and what is done to it."""

from __future__ import annotations

import re

# A verb that takes an event for its object: 召开协商会.
_HOLDING = (
    "开展|举办|举行|召开|组织|参加|参与|承办|主办|打造|建立|成立|推动|推进|落实|办结|办理|报送|提出|提交|解决|化解|争取"
)
# One that may as well be part of a thing's name: 培训班, 走访慰问活动, 接待日.
_DOING = "走访|参观|考察|调研|视察|慰问|接待|服务|引进|培训|发放|宣讲|巡查|督查"
_HOLDS = re.compile(f"(?:{_HOLDING}|赴)(?=.)")
_DOES = re.compile(f"(?:{_DOING})+(?=.)")
_EVENT = re.compile(
    r"(?:[班会课赛展月周日节营团队站岗台]|活动|讲座|论坛|大讲堂|课堂|行动|工作|工程|平台|项目|机制|制度)$"
)
# What is done to an event, by how its name ends.
_HOSTED = re.compile(r"(?:[班赛展]|讲座|论坛|讲堂|运动会|音乐会|晚会|博览会|展销会|招聘会)$")
_CALLED = re.compile(r"(?:会|会议)$")
_HELD = ("开展", "召开", "举办", "举行")


def names_a_doing(name: str) -> bool:
    """True of 走访困难群众 and 召开协商会; not of 警示教育, 培训班 or 走访."""
    return _HOLDS.match(name) is not None or _does(name)


def _does(name: str) -> bool:
    return _DOES.match(name) is not None and _EVENT.search(name) is None


def held(name: str) -> tuple[str, str] | None:
    """What is done to an event, and the event: 召开 协商会, 举办 培训班, 开展 视察; 召开协商会 parts likewise.

    None for what says of itself what was done to something else: 走访困难群众, 打造品牌.
    """
    verb = next((verb for verb in _HELD if name.startswith(verb) and name != verb), "")
    if verb:
        return verb, name.removeprefix(verb)
    if names_a_doing(name):
        return None
    if _HOSTED.search(name):
        return "举办", name
    return ("召开" if _CALLED.search(name) else "开展"), name
