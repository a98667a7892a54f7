"""Oxxx: faults of writing files and using the machine.

O001–O019 wrong use of the command, O020–O029 templates and copies, O030–O039 the machine, O040–O049 what was
kept, refused or left out.
"""

from __future__ import annotations

from reportgen.diagnostics.types import Code, Severity

UNKNOWN_COMMAND = Code(
    "O001",
    Severity.ERROR,
    "没有「{name}」这个命令。",
    "可用的命令：{known}。",
    "命令名写错了，或者这一版还没有这个命令。",
    "reportgen bulid 综述.xlsx",
    "照提示改成相近的命令；reportgen --help 列出全部命令。",
)
UNKNOWN_OPTION = Code(
    "O002",
    Severity.ERROR,
    "没有「{name}」这个选项。",
    "全部选项见 {help}。",
    "选项名写错了，或者这个选项属于别的命令。",
    "reportgen build 综述.xlsx --ouput 成稿",
    "照提示改成相近的选项；在命令后面加 --help 看它的全部选项。",
)
MISSING_PART = Code(
    "O003",
    Severity.ERROR,
    "命令没有写完：缺少{name}。",
    "写法见 {help}。",
    "这个命令还需要一样东西才能运行，比如要处理的工作簿，或选项后面的值。",
    "reportgen build（后面没有写工作簿）",
    "补上缺少的部分，例如 reportgen build 综述.xlsx。",
)
BAD_VALUE = Code(
    "O004",
    Severity.ERROR,
    "{name} 的值「{value}」不能用。",
    "{expected}。",
    "选项或参数后面的值不是它能接受的。",
    "reportgen build 综述.xlsx --jobs 两个",
    "照提示换一个值；在命令后面加 --help 看各选项要什么。",
)
WRONG_USE = Code(
    "O005",
    Severity.ERROR,
    "命令的写法不对：{reason}",
    "写法见 {help}。",
    "命令里多了或少了东西，程序看不懂。路径里有空格而没有加引号时也会这样。",
    "reportgen explain V012 V013（一次只能问一个代码）",
    "照提示改写；有空格的路径两边加上英文引号。",
)
FILE_MISSING = Code(
    "O006",
    Severity.ERROR,
    "找不到工作簿「{path}」。",
    "检查文件名和所在的文件夹；路径里有空格时两边加英文引号。",
    "命令里写的工作簿不存在。",
    "reportgen check 综述.xlxs（扩展名写错了）",
    "改正文件名，或先进入工作簿所在的文件夹再运行命令。",
)
OPTIONS_CLASH = Code(
    "O007",
    Severity.ERROR,
    "{one} 不能和{other}一起用。",
    "{advice}",
    "两个选项各自都对，放在一起就说不清要做什么。",
    "reportgen build 一.xlsx 二.xlsx --name 成稿（两份稿子不能同名）",
    "去掉其中一个，或把几个工作簿分开运行。",
)
UNKNOWN_KIND = Code(
    "O008",
    Severity.ERROR,
    "没有「{kind}」这个文种。",
    "现有的文种：{known}。",
    "reportgen new 后面的文种不在现有文种之列。",
    "reportgen new 总述 我的稿子",
    "从现有文种里选一个；要做新文种，先用相近的文种建文件夹，再改里面的模板。",
)
UNKNOWN_CODE = Code(
    "O009",
    Severity.ERROR,
    "没有「{code}」这个代码。",
    "reportgen explain（后面什么也不写）列出全部代码。",
    "reportgen explain 后面要写检查结果里的代码：一个字母加三位数字。",
    "reportgen explain V12",
    "照检查结果里的样子写全，如 V012；字母大小写都行。",
)
FOLDER_NOT_EMPTY = Code(
    "O010",
    Severity.ERROR,
    "文件夹「{folder}」里已经有文件，没有写入。",
    "换一个新文件夹名，或先把里面的文件移走。",
    "reportgen new 只往新文件夹或空文件夹里放东西，以免盖掉您的文件。",
    "reportgen new 综述 桌面",
    "换一个名字，例如 reportgen new 综述 三季度综述。",
)
NOT_A_FOLDER = Code(
    "O011",
    Severity.ERROR,
    "「{folder}」是一个文件，不是文件夹。",
    "换一个文件夹名。",
    "这里要写文件夹的名字，写成了一个文件的名字。",
    "reportgen new 综述 综述.xlsx",
    "换一个文件夹名，文件夹可以还不存在。",
)

TEMPLATE_FOLDER_MISSING = Code(
    "O020",
    Severity.ERROR,
    "找不到模板文件夹「{folder}」。",
    "现有的模板：{known}。",
    "刊期表的「文种」「模板」或选项 -t 指的模板文件夹不存在。",
    "刊期表里文种写成「总述」，而模板里只有「综述」",
    "改正刊期表的「文种」「模板」，或用 -t 指到您的模板文件夹。",
)
TEMPLATE_FILE_MISSING = Code(
    "O021",
    Severity.ERROR,
    "模板文件夹「{folder}」里没有「{name}」。",
    "模板文件夹里要有 正文.docx 和 附件.xlsx 两个文件：缺的从相近文种的模板里拷一份进来。",
    "模板文件夹缺了文件，可能被改名或移走了。",
    "把 正文.docx 改名成 正文（新）.docx",
    "把文件名改回来，或从同文种的模板里再拷一份。",
)
ANNOTATE_SAME_FILE = Code(
    "O022",
    Severity.ERROR,
    "副本「{path}」就是原工作簿，没有写入。",
    "给副本另起一个名字，如 {advice}。",
    "--annotate 另写一份带批注的副本，从不改动原工作簿。",
    "reportgen check 综述.xlsx --annotate 综述.xlsx",
    "给副本另起一个名字。",
)
ANNOTATE_FORMAT = Code(
    "O023",
    Severity.ERROR,
    "「{path}」不是 .xlsx 工作簿，不能写带批注的副本。",
    "在 Excel 或 WPS 里另存为 .xlsx 再检查。",
    "检查和生成都能读 .xls 和 .ods，带批注的副本只能由 .xlsx 或 .xlsm 写出 .xlsx。",
    "reportgen check 综述.xls --annotate 副本.xlsx",
    "把工作簿另存为 .xlsx；副本的名字也以 .xlsx 结尾。",
)
ANNOTATE_OVERWRITE = Code(
    "O024",
    Severity.ERROR,
    "「{path}」已经存在，而且不是检查副本，没有覆盖。",
    "给副本另起一个名字。",
    "带批注的副本只覆盖以前的检查副本（第一张表叫 _检查结果），不覆盖别的文件。",
    "reportgen check 综述.xlsx --annotate 去年综述.xlsx",
    "给副本另起一个名字，或先把那个文件移走。",
)
ANNOTATE_UNREADABLE = Code(
    "O025",
    Severity.ERROR,
    "「{path}」里有程序改写不了的内容，没有写出带批注的副本。",
    "在 Excel 或 WPS 里打开工作簿，另存为 .xlsx 再检查；屏幕上的检查结果仍然有效。",
    "工作簿能读出数据，但它的格式部分有损坏或不常见，改写会丢东西，所以不写。",
    "别的软件导出的、样式表残缺的 .xlsx",
    "在 Excel 或 WPS 里另存一次，通常就好了。",
)

FILE_OPEN = Code(
    "O030",
    Severity.ERROR,
    "「{path}」正在 Word、WPS 或 Excel 中打开，不能替换。",
    "关闭它再生成；并没有打开的，删去同一文件夹里的「{lock}」。",
    "文件打开时替换它会丢失正在进行的修改，所以先停下来。什么也没有写，原有文件没有动。",
    "生成后用 Word 打开了 综述.docx，没有关就再次生成",
    "保存并关闭文档，再生成一次。",
)
NO_PERMISSION = Code(
    "O031",
    Severity.ERROR,
    "没有权限写「{path}」。",
    "用 -o 换一个您能写的文件夹，如桌面或「文档」。",
    "文件是只读的，或者您对那个文件夹没有写的权限。",
    "把成稿写到只读的共享盘",
    "去掉文件的「只读」，或换一个文件夹。",
)
DISK_FULL = Code(
    "O032",
    Severity.ERROR,
    "磁盘满了，写不下「{path}」。",
    "删掉不用的文件，或用 -o 换一个盘。",
    "磁盘或网盘的空间、配额用完了。没有留下写了一半的文件。",
    "U 盘只剩几百 KB",
    "腾出空间再运行一次。",
)
CANNOT_WRITE = Code(
    "O033",
    Severity.ERROR,
    "读写「{path}」时出错：{reason}",
    "检查磁盘和网络盘是否还连着，路径是否太长，再运行一次。",
    "操作系统没能读写文件，原因在消息里。没有留下写了一半的文件。",
    "写到一半，网络盘断开了",
    "换到本机的文件夹再试；仍然不行，把消息告诉管电脑的同事。",
)
OUT_OF_MEMORY = Code(
    "O034",
    Severity.ERROR,
    "内存不够，「{path}」没有做完。",
    "关掉别的程序，或把 --jobs 改小，再运行一次。",
    "电脑的内存用完了。没有留下写了一半的文件。",
    "一次用 --jobs 16 生成几十个很大的工作簿",
    "减少同时生成的个数。",
)
INSTALL_BROKEN = Code(
    "O035",
    Severity.ERROR,
    "安装不完整：找不到随程序带的「{name}」。",
    "重新安装 reportgen。",
    "程序自带的模板和样例不在应在的地方。",
    "只拷贝了程序的一部分",
    "重新安装：pip install --force-reinstall reportgen。",
)
BUSY = Code(
    "O036",
    Severity.ERROR,
    "另一个 reportgen 正在生成「{path}」。",
    "等它完成再试。",
    "两次生成同时写同一份文件会混在一起，所以后来的一次先停下。",
    "两个窗口里同时双击了 生成.bat",
    "等前一次完成，再运行一次。",
)
INTERNAL = Code(
    "O039",
    Severity.ERROR,
    "程序内部出错，「{path}」没有做完：{reason}",
    "这不是您的错。请在命令里加 --debug 再运行一次，把屏幕上的内容连同工作簿发给维护的同事。",
    "程序遇到了没有料到的情况。您的文件没有被改动。",
    "程序里的一处缺陷",
    "加 --debug 运行，把内容发给维护的同事；急用时，先撤销最近一次改动再试。",
)

KEPT_EDITED = Code(
    "O040",
    Severity.NOTICE,
    "「{path}」生成以后有人改过，没有覆盖；新稿写成「{written}」。",
    "要用新稿代替旧稿，加 --force（旧稿会留一份备份）。",
    "成稿和上次生成时不一样，说明有人在 Word 或 WPS 里改过，程序不会盖掉。",
    "改过 综述.docx 的几处文字以后又运行了一次生成",
    "对照两份稿子，留下要的一份；或加 --force。",
)
BACKED_UP = Code(
    "O041",
    Severity.NOTICE,
    "「{path}」生成以后有人改过，原稿留作备份「{kept}」。",
    "不需要备份时，可以删掉它。",
    "用了 --force：新稿代替旧稿，有人改过的旧稿改了名字留着。",
    "reportgen build 综述.xlsx --force",
    "确认新稿无误后，备份可以删掉。",
)
STRICT = Code(
    "O044",
    Severity.ERROR,
    "按 --strict，有 {count} 条警告没有处理，没有生成。",
    "逐条处理列出的警告，或去掉 --strict 先出一稿。",
    "--strict 把警告当作错误：待填、漏报、手写数字等都处理完才生成，用于定稿。",
    "reportgen build 综述.xlsx --strict",
    "处理完警告再生成。",
)
PROOF_SHEET_ADDED = Code(
    "O045",
    Severity.NOTICE,
    "附件模板里没有「{sheet}」，程序在附件最后补了一张。",
    "不用改。想换个样子，从别的文种自带的 附件.xlsx 里把「{sheet}」一页拷进您的模板再改。",
    "每份附件的最后都有核数表和疑点。模板里没有写 {%tr for 行 in 核数 %}、{%tr for 行 in 疑点 %} 的工作表时，"
    "程序补上自带的那一张。",
    "附件模板里只有指标表",
    "照补上的用；要自己的样子，就在模板里放一张按 核数（或 疑点）重复行的工作表。",
)
APPENDIX_SKIPPED = Code(
    "O047",
    Severity.NOTICE,
    "略过「{name}」：这是附件，不是工作簿。",
    "不用管；要重新生成它，写它的工作簿就行。",
    "一次写了几个文件（如 *.xlsx），其中有程序生成的附件：名字以「-附件」结尾，旁边有同名的数字清单。",
    "reportgen build *.xlsx，而文件夹里有上次生成的 综述-附件.xlsx",
    "不用管；成稿用 -o 放到别的文件夹，就不会碰到一起。",
)
UNCOMPUTED = Code(
    "O046",
    Severity.NOTICE,
    "附件里{which}没有算好值，用 Excel 或 WPS 打开时才会算。",
    "打开附件看一眼结果；只看不算的软件里它是空的。",
    "公式用到了程序算不了的函数，或随时间变化的函数（TODAY、NOW 等），所以没有把值写进去。",
    "模板里写了 =TODAY()",
    "换一个函数，或把日期写成 {{ 刊期.编发日期 }}。",
)
