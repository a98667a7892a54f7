"""T00x: files that are no template."""

from reportgen.diagnostics.types import Code, Severity

_E = Severity.ERROR

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
    "这是旧格式（.doc、.xls）的文件，不能当模板。",
    "在 Word、Excel 或 WPS 里另存为 .docx 或 .xlsx。",
    "模板只能是 2007 年以后的 .docx 或 .xlsx 格式；只改文件名后缀不算转换。",
    "把 综述.doc 改名成了 综述.docx。",
    "打开文件，另存为 Word 文档 (.docx) 或 Excel 工作簿 (.xlsx)。",
)
NOT_OFFICE = Code(
    "T005",
    _E,
    "这不是 Word 或 Excel 文件，是{found}。",
    "选用 .docx 或 .xlsx 格式的模板。",
    "文件的内容不是 Word 文档也不是 Excel 工作簿。",
    "选中了一个 .zip 或网页文件。",
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
