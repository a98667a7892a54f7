"""T00x: files that are no template, T04x: files that are not quite what they seem."""

from reportgen.diagnostics.types import Code, Severity

_E, _N = Severity.ERROR, Severity.NOTICE

MISSING_FILE = Code(
    "T001",
    _E,
    "找不到模板文件「{path}」。",
    "看看文件名和所在文件夹对不对。",
    "要用的模板文件不在那里。",
    "命令里写了 -t 模板/综述，但那里没有 正文.docx。",
    "改正路径，或者把模板文件放回去。",
)
UNREADABLE = Code(
    "T002",
    _E,
    "模板文件打不开：{reason}。",
    "看看有没有读取权限，给出的是不是一个文件夹。",
    "文件在，但系统不让读。",
    "文件夹当成了文件，或者没有读取权限。",
    "改正路径或权限后再试。",
)
ENCRYPTED = Code(
    "T003",
    _E,
    "模板设了密码，读不了。",
    "在 Word、Excel 或 WPS 里取消密码后另存。",
    "加了密码的文件内容是加密的。",
    "文件 → 信息 → 保护文档里设了打开密码。",
    "打开文件，取消密码，保存。",
)
OLD_FORMAT = Code(
    "T004",
    _E,
    "这是旧格式（.doc、.xls、.wps、.et）的文件，不能当模板。",
    "在 Word、Excel 或 WPS 里另存为 .docx 或 .xlsx。",
    "模板只能是 2007 年以后的 .docx 或 .xlsx 格式；只改文件名后缀不算转换。",
    "把 综述.doc 改名成了 综述.docx。",
    "打开文件，另存为 Word 文档 (.docx) 或 Excel 工作簿 (.xlsx)。",
)
NOT_OFFICE = Code(
    "T005",
    _E,
    "这不是 Word 或 Excel 文件，是{found}。",
    "{cure}",
    "文件的内容不是 Word 文档也不是 Excel 工作簿；只改文件名后缀不算转换。",
    "把系统导出的网页改名成了 正文.docx。",
    "换成 Word、Excel 或 WPS 保存的模板。",
)
DAMAGED = Code(
    "T006",
    _E,
    "模板文件损坏：{reason}。",
    "用 Word 或 WPS 打开并修复后另存，或者换一份完好的。",
    "文件没有存完，或者传输时坏了。",
    "从邮箱下载到一半的 正文.docx。",
    "重新取一份完好的文件。",
)
DOCTYPE = Code(
    "T007",
    _E,
    "模板里的 {part} 带有 DOCTYPE 声明，可能有害，已拒绝。",
    "用 Word 或 WPS 重新做一份模板。",
    "正常的 Word、Excel 文件从不含 DOCTYPE；有它的文件可能是攻击用的。",
    "来路不明的模板。",
    "不要用这份文件。",
)
BOMB = Code(
    "T008",
    _E,
    "模板解压后异常地大（约 {size} MB），已拒绝。",
    "用 Word 或 WPS 打开后另存，或者换一份模板。",
    "很小的压缩文件解开后极大，会占满内存。",
    "来路不明的模板。",
    "不要用这份文件；若确是自己的模板，删去其中过大的内容。",
)
STRICT = Code(
    "T009",
    _E,
    "这份文件是“严格的 Open XML”格式，不能当模板。",
    "在 Word 里另存为普通的“Word 文档 (.docx)”。",
    "严格的 Open XML 是 Word 另存时的一种少用的格式，内部写法不同。",
    "另存为时选了“Strict Open XML 文档”。",
    "打开文件，另存为“Word 文档 (.docx)”。",
)
MACROS_DROPPED = Code(
    "T040",
    _N,
    "模板里有宏；印出的文稿是 .docx，不带宏。",
    "不需要宏时，在 Word 里把模板另存为“Word 文档 (.docx)”，就不再有这条提示。",
    "带宏的模板（.docm、.dotm）照常填写，但宏不带到文稿里：.docx 放不了宏，别人打开也不会有安全提示。",
    "正文.docx 是由 .docm 改名来的。",
    "把模板另存为 .docx；宏要做的事改由标签和数据来做。",
)
NAMED_OTHERWISE = Code(
    "T041",
    _E,
    "文件名的后缀是 {suffix}，内容却是 {found}。",
    "看看是不是拿错了文件；后缀要和内容一致。",
    "只改后缀不会把一种文件变成另一种，照这样印出来的文件 Word 和 Excel 都打不开。",
    "把附件模板存成了 正文.docx。",
    "换成对的文件，或者把后缀改对。",
)
