"""What Python and Jinja2 say of a faulty tag, in plain Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import DivisionByZero, InvalidOperation, Overflow

from jinja2.exceptions import FilterArgumentError, SecurityError, TemplateSyntaxError

from reportgen.template.values import cited, figure_of, kind_of

Phrases = Sequence[tuple[re.Pattern[str], Callable[..., str]]]


def reason(error: BaseException, given: Iterable[object] = ()) -> str:
    """Why an expression failed: what cannot be done with what. No word of Python's. `given` are the values that it was
    done with, as far as they are known."""
    text = str(error)
    for pattern, words in _ERRORS:
        if found := pattern.search(text):
            return words(*found.groups())
    if _is_chinese(text) and not isinstance(error, (TypeError, LookupError, AttributeError)):
        return text.rstrip("。")
    vague = next((words for kind, words in _KINDS if isinstance(error, kind)), _VAGUE)
    values = "、".join(map(_described, given)) if vague in (_VAGUE, _UNFIT) else ""
    return f"{values}不能这样用{'，或参数不对' if vague == _UNFIT else ''}" if values else vague


def _described(value: object) -> str:
    """“某会”（文字）."""
    kind = kind_of(value)
    try:
        text = cited(value)
    except Exception:  # printing it is what failed
        return f"这里的值（{kind}）"
    return text if text in (kind, kind_of(None)) else f"{text}（{kind}）"


def operation_failed(operator: str, left: object, right: object) -> str:
    """Why `left operator right` has no value, and what there is instead."""
    kinds, doing = (kind_of(left), kind_of(right)), _OPERATIONS.get(operator, "这样算")
    if kinds == (_NUMBER, _NUMBER):
        return f"这两种数不能直接{doing}，{_as_figures(left, right)}"
    if operator == "+" and kind_of("") in kinds:
        return f"{kinds[0]}和{kinds[1]}不能{doing}，连起来请用 ~"
    return f"{kinds[0]}和{kinds[1]}不能{doing}"


def sign_failed(value: object) -> str:
    """Why `-value` has no value, and what there is instead."""
    kind = kind_of(value)
    return f"这样的数不能直接取正负，{_as_figures(value)}" if kind == _NUMBER else f"{kind}不能取正负"


def _as_figures(*values: object) -> str:
    """How to calculate with numbers that have no arithmetic of their own: |int would lose where a figure came from."""
    if any(figure_of(value) is not None for value in values):
        return "先取出其中的一个数，如 .值，出处就还在"
    return "先都加上 |float"


def syntax(message: str, body: str) -> str:
    """What Jinja2 says of a tag's writing; `body` is what stands in the tag."""
    if ("end of" in message or message.startswith("expected name")) and (last := _DANGLING.search(body)):
        return f"“{last[1]}”后面少了内容"
    for pattern, words in _SYNTAX:
        if found := pattern.fullmatch(message):
            return words(*(_TOKENS.get(part, part) for part in found.groups()))
    return message if _is_chinese(message) else "看不懂这样的写法"


def _is_chinese(text: str) -> bool:
    """True for a message that someone wrote for users."""
    return re.search(r"[\u4e00-\u9fff]", text) is not None and re.search(r"[A-Za-z]{3}", text) is None


_VAGUE, _UNFIT = "这里的值不能这样用", "这几种值不能放在一起这样用，或参数不对"
_NUMBER = kind_of(0)
_OPERATIONS = {"+": "相加", "-": "相减", "*": "相乘", "/": "相除", "//": "整除", "%": "求余数", "**": "乘方"}
_CLASSES = {
    **dict.fromkeys(("int", "float", "Decimal", "Fraction", "complex", "real number"), "数"),
    **dict.fromkeys(("str", "Markup", "string"), "文字"),
    **dict.fromkeys(("list", "tuple", "set", "frozenset", "range", "generator", "dict_keys", "dict_values"), "一组值"),
    **dict.fromkeys(("function", "method", "builtin_function_or_method", "type"), "函数"),
    **dict.fromkeys(("date", "datetime", "time", "timedelta", "datetime.date", "datetime.datetime"), "日期"),
    "dict": "一组有名字的值",
    "NoneType": "空",
    "bool": "“是”或“否”",
}


def _class(name: str) -> str:
    return _CLASSES.get(name, "这种值")


_ERRORS: Phrases = (
    (
        re.compile(r"unsupported operand type\(s\) for (.+?)(?: or pow\(\))?: '(.+)' and '(.+)'"),
        lambda sign, a, b: f"{_class(a)}和{_class(b)}不能{_OPERATIONS.get(sign, '这样算')}",
    ),
    (
        re.compile(r"can only concatenate (\w+) \(not \"(.+)\"\) to"),
        lambda a, b: f"{_class(a)}和{_class(b)}不能相加，连起来请用 ~",
    ),
    (
        re.compile(r"not supported between instances of '(.+)' and '(.+)'"),
        lambda a, b: f"{_class(a)}和{_class(b)}不能比大小",
    ),
    (re.compile(r"cannot compare"), lambda: "这两种值不能比大小"),
    (re.compile(r"'(.+)' object is not callable"), lambda a: f"{_class(a)}不是函数，后面不能加括号"),
    (re.compile(r"cannot unpack non-iterable (.+) object"), lambda a: f"{_class(a)}不能拆成几个变量"),
    (re.compile(r"values to unpack"), lambda: "每一项里值的个数和变量的个数不一样"),
    (re.compile(r"argument of type '(.+)' is not iterable"), lambda a: f"{_class(a)}里不能用 in 找东西"),
    (re.compile(r"requires string as left operand, not (.+)"), lambda a: f"文字里只能找文字，不能找{_class(a)}"),
    (re.compile(r"'(.+)' object is not (?:iterable|an iterator)"), lambda a: f"{_class(a)}不是列表，不能逐个取"),
    (re.compile(r"object of type '(.+)' has no len"), lambda a: f"{_class(a)}没有长度，也数不出个数"),
    (re.compile(r"expected str instance, (.+) found"), lambda a: f"列表里有{_class(a)}，不能当文字连起来"),
    (re.compile(r"must be real number, not (.+)"), lambda a: f"要的是数，给的是{_class(a)}"),
    (re.compile(r"(?:a real number|an integer) is required, not (.+)"), lambda a: f"要的是数，给的是{_class(a)}"),
    (re.compile(r"unhashable type: '(.+)'"), lambda a: f"{_class(a)}不能这样查找、归类"),
    (re.compile(r"during string formatting|for format string"), lambda: "格式里 % 的个数和给的值的个数不一样"),
    (
        re.compile(r"[Uu]nsupported format|[Uu]nknown format|incomplete format|[Ii]nvalid format"),
        lambda: "格式的写法不对",
    ),
    (re.compile(r"unexpected keyword argument '?(\w+)"), lambda name: f"没有名叫“{name}”的参数"),
    (re.compile(r"keyword argument|argument|positional"), lambda: "参数的个数或名字不对"),
    (re.compile(r"No filter named '(.+)'"), lambda name: f"没有过滤器“{name}”"),
    (re.compile(r"No test named '(.+)'"), lambda name: f"没有“{name}”这种判断"),
    (re.compile(r"item pairs from a mapping|has no attribute 'items'"), lambda: "要的是一组有名字的值，给的不是"),
    (re.compile(r"'(.+)' object has no attribute"), lambda a: f"{_class(a)}不能这样用"),
    (re.compile(r"'recursive' marker"), lambda: "要让循环调用自己，for 标签的末尾要写 recursive"),
    (re.compile(r"name '(?:inf|nan)' is not defined|Exceeds the limit|too large"), lambda: "数太大"),
    (re.compile(r"invalid literal|could not convert"), lambda: "其中有的不是数"),
    (re.compile(r"(?:substring|subsection) not found|is not in list"), lambda: "没有找到要找的内容"),
    (re.compile(r"(?:step|arg 3) (?:cannot|must not) be zero"), lambda: "步长不能是0"),
)

_KINDS: Iterable[tuple[type[BaseException] | tuple[type[BaseException], ...], str]] = (
    ((ZeroDivisionError, DivisionByZero), "除数为0"),
    (SecurityError, "用到了模板里不许用的东西"),
    (RecursionError, "套得太深"),
    (MemoryError, "内存不够"),
    ((OverflowError, Overflow), "数太大"),
    (InvalidOperation, "其中有的不是数"),
    (FilterArgumentError, "过滤器的参数不对"),
    (LookupError, "要取的那一项不存在"),
    (TypeError, _UNFIT),
    (TemplateSyntaxError, "写法有误"),
)

_TOKENS = {
    "end of print statement": "标签的结尾",
    "end of statement block": "标签的结尾",
    "name": "名字",
    "string": "引号里的文字",
    "integer": "数",
    "begin of statement block": "标签的开头",
    "end of template": "标签的结尾",
}
# What wants something behind it, at the end of a tag.
_DANGLING = re.compile(r"(\*\*|//|==|!=|<=|>=|[-+*/%~,.(\[{=<>|:]|\b(?:and|or|not|in|is|if|else)\b)\s*$")
_SYNTAX: Phrases = (
    (re.compile(r"expected token '(.+)', got '(.+)'"), lambda want, got: f"这里该是{_cited(want)}，却是{_cited(got)}"),
    (re.compile(r"Expected an expression, got '(.+)'"), lambda got: f"少了要印的内容，遇到的是{_cited(got)}"),
    (re.compile(r"unexpected char .*['\"]['\"].* at \d+"), lambda: "引号没有成对"),
    (re.compile(r"unexpected char '(.+)' at \d+"), lambda char: f"有看不懂的字符“{char}”"),
    (re.compile(r"unexpected '[}%]', expected '(.+)'"), lambda want: f"括号没有合上，少了“{want}”"),
    (re.compile(r"unexpected '(.+)', expected '(.+)'"), lambda got, want: f"“{got}”与前面的括号不配，该是“{want}”"),
    (re.compile(r"unexpected 'end of .+'"), lambda: "没有写完"),
    (re.compile(r"unexpected '(.+)'"), lambda char: f"多了“{char}”"),
    (re.compile(r"can't assign to '.+'"), lambda: "要给值的地方不是变量名"),
    (re.compile(r"block '(.+)' .*"), lambda word: f"“{word}”不能这样用"),
)


def _cited(token: str) -> str:
    return token if token in _TOKENS.values() else f"“{token}”"
