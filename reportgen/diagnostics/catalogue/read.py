"""Rxxx: faults of reading a file into a Workbook."""

from reportgen.diagnostics.types import Code, Severity

FILE_MISSING = Code(
    "R001",
    Severity.ERROR,
    "找不到文件「{name}」。",
    "核对文件名和所在文件夹。",
    "给出的路径上没有这个文件。",
    "reportgen check 数椐.xlsx，而文件夹里只有 数据.xlsx。",
    "核对文件名（含扩展名）和所在文件夹；文件名里有空格时，命令行上要加引号。",
)
IS_FOLDER = Code(
    "R002",
    Severity.ERROR,
    "「{name}」是文件夹，不是工作簿。",
    "写出文件夹里工作簿的文件名。",
    "需要一个工作簿文件，给出的却是文件夹。",
    "reportgen check 三月/",
    "写到文件为止，如 reportgen check 三月/数据.xlsx。",
)
LOCK_FILE = Code(
    "R003",
    Severity.ERROR,
    "「{name}」是打开工作簿时自动生成的临时文件，里面没有数据。",
    "改用「{real}」；如果它正开着，先保存。",
    "文件名以 ~$ 或 .~ 开头的文件由 Excel、WPS 自动生成，关闭工作簿后会消失。",
    "reportgen check ~$数据.xlsx",
    "用去掉开头符号的那个文件。",
)
EMPTY_FILE = Code(
    "R004",
    Severity.ERROR,
    "「{name}」是空文件（0字节）。",
    "多半是没有下载完或没有保存成功，请重新取得这个文件。",
    "文件存在，但一个字节也没有。",
    "从微信、邮箱里没有下载完的附件。",
    "重新下载，或请报送人重新发送。",
)
CANNOT_OPEN = Code(
    "R005",
    Severity.ERROR,
    "打不开「{name}」：{reason}。",
    "如果它正在 Excel 或 WPS 里开着，先关闭；再核对有没有读取权限。",
    "系统不允许读取这个文件。",
    "工作簿被别的程序独占，或放在没有权限的共享文件夹里。",
    "关闭正在使用它的程序，或把它复制到自己的文件夹再试。",
)
NOT_A_WORKBOOK = Code(
    "R006",
    Severity.ERROR,
    "「{name}」不是工作簿，是{what}。",
    "请给出 .xlsx、.xlsm、.xls 或 .ods 工作簿；装在压缩包里的，先解压。",
    "程序看的是内容而不是扩展名：改了扩展名的文件，内容并没有变。",
    "把 报告.docx 改名为 数据.xlsx。",
    "找到真正的工作簿，或在 Excel、WPS 里新建工作簿，把数据填进去。",
)
TEXT_TABLE = Code(
    "R007",
    Severity.ERROR,
    "「{name}」其实是{what}，不是真正的工作簿。",
    "用 Excel 或 WPS 打开它，「另存为」Excel 工作簿（.xlsx），再用新文件。",
    "有些系统导出的“Excel”只是换了扩展名的网页或文本，单元格的类型和格式都不在里面，直接读会读错数。",
    "业务系统导出的 报表.xls，内容是 HTML 表格。",
    "用 Excel 或 WPS 打开后另存为 .xlsx。",
)
ENCRYPTED = Code(
    "R008",
    Severity.ERROR,
    "「{name}」设了打开密码，读不了。",
    "用 Excel 或 WPS 打开，去掉打开密码后另存，再用新文件。",
    "加密的工作簿不知道密码就无法读取。",
    "在“另存为—工具—常规选项”里设过打开权限密码的工作簿。",
    "打开工作簿，在“文件—信息—保护工作簿”（WPS：“文件—文档加密”）里清除密码，再保存。",
)
DAMAGED = Code(
    "R009",
    Severity.ERROR,
    "「{name}」不完整或已损坏，读不了。",
    "重新下载或请报送人重发；还能打开的话，用 Excel 或 WPS 打开后另存一份。",
    "文件开头像是工作簿，内容却残缺：可能没有下载完，也可能在传送中损坏。",
    "只下载了一半的 数据.xlsx。",
    "重新取得文件；能用 Excel、WPS 打开（包括“打开并修复”）的，另存为新的 .xlsx。",
)
BOMB = Code(
    "R010",
    Severity.ERROR,
    "「{name}」解开后会大得异常（{size}），为安全起见没有打开。",
    "确认来源；是自己的工作簿的话，把数据复制到新工作簿里再用。",
    "压缩包里声明的内容远远大于正常的工作簿，解开会占满内存。判断时只看目录，没有解压。",
    "不到 1 MB 的文件，解开有几百 MB 重复内容。",
    "不要使用来源不明的文件；正常数据请复制到新建的工作簿。",
)
DOCTYPE = Code(
    "R011",
    Severity.ERROR,
    "「{name}」里含有不该有的 DOCTYPE 声明（{part}），为安全起见没有读取。",
    "确认来源；是自己的工作簿的话，用 Excel 或 WPS 打开后另存一份。",
    "Excel 和 WPS 保存的工作簿从不含 DOCTYPE；它常被用来夹带外部文件或撑爆内存。",
    "工作表的 XML 以 <!DOCTYPE …> 开头。",
    "用 Excel 或 WPS 打开后另存，多余的声明就没有了。",
)
OTHER_FORMAT = Code(
    "R012",
    Severity.ERROR,
    "「{name}」是{what}，这种格式读不了。",
    "用 Excel 或 WPS 打开，「另存为」Excel 工作簿（.xlsx），再用新文件。",
    "能读的格式是 .xlsx、.xlsm、.xls（Excel 97 及以后）和 .ods。",
    "二进制工作簿 数据.xlsb。",
    "另存为 .xlsx。",
)
NO_SHEETS = Code(
    "R013",
    Severity.ERROR,
    "「{name}」里没有能读的工作表。",
    "取消工作表的隐藏；表名以 _ 或 # 开头的表和「填写说明」不读，请改名。",
    "工作簿里没有工作表，或者全都隐藏了，或者全都属于不读的表。",
    "只有一张「填写说明」的工作簿。",
    "在工作表标签上点右键“取消隐藏”，或用 reportgen new 新建一份。",
)
STRAY_CELL = Code(
    "R014",
    Severity.ERROR,
    "工作表「{sheet}」的内容一直延伸到 {cell}，范围大得异常。",
    "按 Ctrl+End 找到最远的单元格，删除数据区以外的行和列，再保存。",
    "数据区以外很远的地方留有零星内容（常常只是一个空格），照单全读会占满内存。",
    "XFD1048576 里有一个空格。",
    "选中数据区右边的所有列、下边的所有行，“删除”（不是清除内容），然后保存。",
)
TOO_LARGE = Code(
    "R015",
    Severity.ERROR,
    "「{name}」有 {size}，超过了能读的上限（{limit}）。",
    "去掉工作簿里的大图片，或把数据复制到新工作簿。",
    "工作簿文件大得异常，通常是贴进了大量原图。",
    "贴了几百张照片的工作簿。",
    "图片放在工作簿旁边的文件夹里，在「图片」表写文件名。",
)
STRANGE_ERROR = Code(
    "R016",
    Severity.ERROR,
    "工作表「{sheet}」的 {cell} 里是公式错误 {text}，整张表因此读不了。",
    "在 Excel 或 WPS 里改好这个公式（或直接填结果），再保存。",
    "#SPILL!、#CALC! 等是新版 Excel 才有的公式错误。",
    "公式的结果要占好几格，下面的格里却已有内容，显示 #SPILL!。",
    "改正公式，或直接填结果。",
)
OWN_APPENDIX = Code(
    "R017",
    Severity.ERROR,
    "「{name}」是附件，不是工作簿。",
    "换成填数据的那个工作簿，它里面有「刊期」「稿件」。",
    "附件是程序照工作簿生成的，里面有「核数表」和「疑点」，没有可以生成文稿的数据。",
    "reportgen build 综述-附件.xlsx",
    "用填数据的工作簿，如 reportgen build 综述.xlsx；一次写 *.xlsx 时，旁边的附件会自动略过。",
)
MISNAMED = Code(
    "R020",
    Severity.NOTICE,
    "「{name}」的内容是 {kind} 格式，与扩展名不符，已按内容读取。",
    "把扩展名改为 .{kind}，免得别的程序打不开。",
    "扩展名与内容不一致，但内容是能读的工作簿。",
    "把 .xls 直接改名成 .xlsx。",
    "改回正确的扩展名，或用 Excel、WPS 另存。",
)
HIDDEN_SHEET = Code(
    "R021",
    Severity.NOTICE,
    "工作表「{sheet}」是隐藏的，没有读取。",
    "要用它的话，在工作表标签上点右键“取消隐藏”。",
    "隐藏的工作表不读，里面的数据不会进入文稿。",
    "隐藏的「指标」表。",
    "取消隐藏；确实不用的可以不管，或把表名改成以 _ 开头，就不再提示。",
)
HIDDEN_ROWS = Code(
    "R022",
    Severity.NOTICE,
    "工作表「{sheet}」有 {count} 行被隐藏或筛选掉（第{rows}行），仍然读取。",
    "不想用的行请删除；「活动」「指标」的行也可以在「入文」列填否。",
    "隐藏、筛选只影响显示，隐藏行的数据照样进入文稿和合计。",
    "筛选后没有清除筛选就保存。",
    "清除筛选核对一遍；不该用的行删除，或在「入文」列填否。",
)
