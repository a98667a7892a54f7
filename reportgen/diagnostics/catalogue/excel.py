"""T1xx: faults of compiling and filling an Excel template."""

from reportgen.diagnostics.types import Code, Severity

_E = Severity.ERROR

WORD_ONLY = Code(
    "T100",
    Severity.ERROR,
    "「{tag}」只能用在 Word 模板里。",
    "Excel 模板里用 {{{{ 值 }}}}、{{% for %}}、{{% if %}}；按行重复写 {{%tr for … %}}，"
    "按工作表重复写 {{%sheet for … %}}。",
    "{%p %}、{%r %}、{{p }}、{{r }} 说的是 Word 的段落和文字，工作表里没有它们。",
    "单元格里写 {%p if 稿.副标题 %}",
    "去掉字母 p 或 r。",
)
NO_COLUMN_LOOPS = Code(
    "T101",
    Severity.ERROR,
    "「{tag}」：Excel 模板还不能按列重复。",
    "把要重复的内容改成按行排列，或者把各列逐一写出来。",
    "{%tc %} 在 Word 表格里按列重复；Excel 模板只能按行、按工作表重复。",
    "表头里写 {%tc for 月 in 各月 %}{{ 月 }}{%tc endfor %}",
    "行和列对调，用 {%tr for … %} 按行重复；列数固定时每列写一个标签。",
)
SHEET_TAG_PLACE = Code(
    "T102",
    Severity.ERROR,
    "「{tag}」要写在工作表的 A1 单元格里。",
    "把它移到 A1；A1 原有的内容接着写在它后面。",
    "{%sheet for … %} 让整张工作表重复，{%sheet if … %} 决定要不要这张表，都要从 A1 写起。",
    "B2 里写 {%sheet for 板块 in 稿.板块 %}",
    "把标签剪切到 A1。不必写 {%sheet endfor %}。",
)
SHEET_TAG_WORD = Code(
    "T103",
    Severity.ERROR,
    "「{tag}」：按工作表只能用 for 和 if。",
    "写成 {{%sheet for 名字 in 列表 %}} 或 {{%sheet if 条件 %}}。",
    "工作表只能按列表重复，或按条件保留；没有 else、set 等写法。",
    "{%sheet else %}",
    "两种情况各做一张工作表，各写一个 {%sheet if … %}。",
)
BLOCK_ASTRIDE = Code(
    "T104",
    Severity.ERROR,
    "「{tag}」跨了单元格，但它不在这一行的头尾。",
    "让整行重复：开头的标签写在这一行第一个有标签的单元格的最前面，结尾的写在最后一个的最后面；"
    "也可以写成 {{%tr … %}}，或让标签单独占一行。",
    "从一个单元格开始、到另一个单元格结束的 for 或 if，作用于整行，所以要把整行包住。"
    "{% else %}、{% elif %} 要单独占一行。",
    "A3 写 {{ 序号 }}，B3 写 {% for x in 列表 %}{{ x }}，C3 写 {% endfor %}",
    "把 {% for … %} 移到 A3 的最前面，或者写成 {%tr for … %}。",
)
BAD_FORMULA = Code(
    "T105",
    Severity.ERROR,
    "公式「{text}」看不懂。",
    "在 Excel 里打开模板，重新输入这个公式。",
    "公式的括号、引号不成对，或含有别的软件写入的内容。",
    "=SUM(D3:D3",
    "在单元格里把公式重新输入一遍再保存。",
)
NOT_SUPPORTED = Code(
    "T106",
    Severity.ERROR,
    "模板里有{what}，填写时没法保持正确。",
    "请从模板里去掉它，或者改成普通的公式和单元格。",
    "有些内容（模拟运算表、数据透视表、跨多张工作表的三维引用等）在行或工作表增减以后没有确定的含义，不能照搬。",
    "=SUM(一月:三月!D3)，而这几张工作表的行会增减",
    "改用普通公式逐张引用。",
)
TAG_OUT_OF_REACH = Code(
    "T107",
    Severity.ERROR,
    "标签「{tag}」写在{what}里，那里不会填写。",
    "把它移到单元格、工作表名或页眉页脚里。",
    "Excel 模板的标签可以写在单元格、公式的引号里、工作表名、页眉页脚和文档属性里；"
    "批注、文本框、图表、链接地址里不填写。",
    "批注里写 {{ 稿.主标题 }}",
    "移到单元格里；图表标题可以链接到一个单元格。带链接的单元格由数据给出链接。",
)
AMBIGUOUS_SHEET = Code(
    "T108",
    Severity.ERROR,
    "公式「{text}」引用了按列表重复的工作表「{sheet}」，不知道指哪一张。",
    "只有 SUM、MAX、COUNT 这类能一次收下多个区域的函数可以引用它；其他算法请写在那张工作表自己里面。",
    "{%sheet for … %} 会把工作表变成好几张，别的工作表引用它时只能把各张合起来算。",
    "汇总表里写 =ROUND('板块'!D9,2)",
    "先用 =SUM('板块'!D9) 合起来，再在另一个单元格里计算。",
)
NO_SHEET_LEFT = Code(
    "T109",
    Severity.ERROR,
    "填写以后一张看得见的工作表也没有了。",
    "工作簿至少要有一张工作表：检查 {{%sheet for %}} 的列表是不是空的、{{%sheet if %}} 的条件是不是都不成立。",
    "{%sheet for … %} 的列表为空时这张表就不要了；模板里的表全都不要，就没有工作簿可写。",
    "唯一的工作表 A1 写着 {%sheet for 板块 in 稿.板块 %}，而 稿.板块 是空的",
    "模板里放一张总是要的工作表（如说明、目录）。",
)
CELL_TOO_LONG = Code(
    "T110",
    Severity.ERROR,
    "「{tag}」的内容有{length}个字符，一个单元格最多放32767个。",
    "把内容分到几个单元格里，或者放到 Word 附件里。",
    "Excel 规定一个单元格最多32767个字符，多了文件会打不开。",
    "把整篇文章写进一个单元格",
    "在模板里按段落分行：{%tr for 段 in 稿.段落 %}。",
)
TOO_MANY_ROWS = Code(
    "T111",
    Severity.ERROR,
    "这张工作表超过了1048576行。",
    "把数据分到几张工作表里，可以用 {{%sheet for … %}}。",
    "Excel 规定一张工作表最多1048576行。",
    "{% for %} 的列表有两百万项",
    "按年份、单位等分成几张工作表。",
)
TOO_MANY_LINKS = Code(
    "T113",
    Severity.ERROR,
    "这张工作表的链接超过了65530个。",
    "把数据分到几张工作表里，或者只给一部分单元格加链接。",
    "Excel 规定一张工作表最多65530个链接，多了打开时会报错。",
    "十万行的表每行一个链接",
    "按年份、单位等分成几张工作表。",
)
BAD_VALUE_FORMULA = Code(
    "T114",
    Severity.ERROR,
    "「{tag}」给出的公式「{formula}」看不懂。",
    "检查生成这个公式的数据；公式的括号和引号要成对。",
    "数据给出的公式写进单元格以前要先读懂，才能让它的引用跟着行走。",
    "=SUM(D3",
    "改正给出公式的程序或数据。",
)
TABLE_REPEATS = Code(
    "T115",
    Severity.ERROR,
    "表格（套用格式的区域）「{table}」整个在重复的行里，没法重复。",
    "把它转换为普通区域（表设计 → 转换为区域），或者让整张工作表重复：{{%sheet for … %}}。",
    "套用表格格式的区域可以随行数变长，但不能连表头一起重复。",
    "表头行和数据行都写在 {%tr for %} 里的表格",
    "转换为普通区域，格式会保留。",
)
TOO_MANY_RANGES = Code(
    "T116",
    Severity.ERROR,
    "{function} 要合计的行分成了{ranges}段，一个公式写不下。",
    "各组的小计和最后的合计都改用 SUBTOTAL(9,…)：它不会把小计再算一遍，一个区域就够。",
    "合计隔着小计行时，公式把各组的行分段列出，以免把小计也加进去；一个函数最多收下255段。",
    "三百个单位各有一行小计，最后一行写 =SUM(D3:D3)",
    "小计写 =SUBTOTAL(9,D3:D3)，合计也写 =SUBTOTAL(9,D3:D3)。",
)
UNKNOWN_FUNCTION = Code(
    "T117",
    Severity.WARNING,
    "公式「{text}」里的函数“{function}”不认识{near}。",
    "改成有的函数；不改的话，打开后这一格多半显示 #NAME?。",
    "Excel 和这里的计算引擎都没有这个名字的函数，多半是写错了字。",
    "=SMU(D3:D9)",
    "写成 =SUM(D3:D9)。",
)
UNKNOWN_SHEET = Code(
    "T118",
    Severity.WARNING,
    "公式「{text}」引用的工作表“{sheet}”不在模板里{near}。",
    "改成模板里有的工作表名。",
    "公式引用的工作表不存在，打开后这一格显示 #REF!，或者 Excel 会要求选择文件。",
    "=SUM(明系!D3:D9)，而工作表叫“明细”",
    "写成 =SUM(明细!D3:D9)。",
)
