"""O050–O069: looking at finished documents as pages."""

from __future__ import annotations

from reportgen.diagnostics.types import Code, Severity

SOURCE_MISSING = Code(
    "O050",
    Severity.ERROR,
    "找不到「{path}」。",
    "{advice}",
    "要预览的文档不存在，或文件名、文件夹写错了。",
    "reportgen preview 综术.docx（文件名写错了）",
    "改正文件名，或先进入文档所在的文件夹；路径里有空格时两边加英文引号。",
)
NOT_PREVIEWABLE = Code(
    "O051",
    Severity.ERROR,
    "「{path}」不能预览：{reason}。",
    "能预览的是 .docx 文档和 .xlsx 工作簿。",
    "预览把 Word 文档或 Excel 工作簿排成一页页的 PDF 或图片，别的文件不行。",
    "reportgen preview 综述.doc",
    "换成 .docx 或 .xlsx；旧格式的先在 Word、Excel 或 WPS 里另存一份。",
)
SOURCE_LOCKED = Code(
    "O052",
    Severity.ERROR,
    "读不到「{path}」：它正被别的程序占用，或者您没有读它的权限。",
    "在 Word、WPS 里存盘并关闭它，再预览一次。",
    "Windows 上，文档在 Word 里打开着时，别的程序可能读不到它。",
    "综述.docx 正在 Word 里打开着",
    "关闭文档再预览；没有打开的，请管电脑的同事看看文件的权限。",
)
SOURCE_BROKEN = Code(
    "O053",
    Severity.ERROR,
    "「{path}」打不开：{reason}。",
    "在 Word、Excel 或 WPS 里能打开的，另存一份（不设密码）再预览；也可以重新生成一次。",
    "文件损坏、加了密码，或者内容和扩展名不一样。",
    "从微信下载到一半的 综述.docx",
    "另存一份，或用 reportgen build 重新生成。",
)
NO_SUCH_PAGE = Code(
    "O054",
    Severity.ERROR,
    "文档共 {count} 页，没有第 {pages} 页。",
    "--pages 里的页数不要超过 {count}；到最后一页可以写成 3- 这样。",
    "--pages 要的页，文档里没有。什么也没有写。",
    "只有 6 页的文档写 --pages 5-8",
    "照提示改页数，或去掉 --pages 看全部。",
)
OFFICE_MISSING = Code(
    "O055",
    Severity.ERROR,
    "没有找到 LibreOffice，{reason}。",
    "装上再预览：Windows、macOS 装 LibreOffice（zh-cn.libreoffice.org）；Debian、Ubuntu 运行 "
    "sudo apt install libreoffice-writer libreoffice-calc fonts-noto-cjk fonts-liberation2 texlive-lang-chinese。",
    "预览由 LibreOffice 排版（免费）。没有它时，程序改用电脑上的办公软件打开文档，"
    "但那样出不了 PDF、PNG，也不能只要几页。",
    "没有装 LibreOffice 的电脑上运行 reportgen preview 综述.docx --png",
    "装上 LibreOffice；或者去掉 --png、--pages，直接在 Word、WPS 里看。嫌字体包太大的，"
    "texlive-lang-chinese 可换成 fonts-arphic-gbsn00lp fonts-arphic-gkai00mp。",
)
OFFICE_TIMED_OUT = Code(
    "O056",
    Severity.ERROR,
    "LibreOffice 过了 {seconds} 秒还没有排好版，已经停下。",
    "文档很大的，先在 Word、Excel 或 WPS 里看；不大的，再试一次。",
    "LibreOffice 卡住了，或者文档太大。什么也没有写，它启动的程序也已经结束。",
    "十万行的附件",
    "再试一次；仍然不行，用 Word、Excel 或 WPS 打开它。",
)
OFFICE_FAILED = Code(
    "O057",
    Severity.ERROR,
    "LibreOffice 没有做完：{reason}。",
    "再试一次；仍然不行，用 Word、Excel 或 WPS 打开文档，或重新安装 LibreOffice 和中文字体。",
    "LibreOffice 启动不了，或者中途出错退出。什么也没有写。",
    "LibreOffice 安装不完整，缺少组件",
    "重新安装 LibreOffice（要的组件是 Writer 和 Calc）；没有中文字体的，装上 fonts-noto-cjk 等字体包。",
)
OFFICE_WROTE_NOTHING = Code(
    "O058",
    Severity.ERROR,
    "LibreOffice 打不开「{path}」，没有生成 PDF。",
    "在 Word、Excel 或 WPS 里打开它，另存一份再预览；只装了 LibreOffice 一部分的，补装 Writer 和 Calc。",
    "LibreOffice 运行完了，却没有写出文件：多半是文档内部有毛病，或者缺少排这种文档的组件。",
    "别的软件导出的、内部残缺的 .docx",
    "另存一份再预览；Debian 上补装 libreoffice-writer、libreoffice-calc。",
)
OPENED_INSTEAD = Code(
    "O059",
    Severity.NOTICE,
    "没有找到 LibreOffice，已用电脑上的办公软件打开「{path}」。",
    "要 PDF 或图片，装上 LibreOffice 再预览。",
    "预览由 LibreOffice 排版；没有它时，程序请系统用平时打开这种文档的软件（Word、WPS）打开它。",
    "没有装 LibreOffice 的 Windows 电脑上运行 reportgen preview 综述.docx",
    "不用改；在打开的软件里看就行，也可以在那里另存为 PDF。",
)
KEPT_FOREIGN = Code(
    "O060",
    Severity.NOTICE,
    "「{path}」不是这份文档的预览，或预览以后有人改过，没有覆盖；预览写成「{written}」。",
    "不要的那一份可以删掉。",
    "同名的文件可能是从 Word 导出的定稿，也可能是批注过的预览，程序不会盖掉；只有原样未动的旧预览才会换成新的。",
    "文件夹里已经有从 Word 导出的 综述.pdf",
    "不用改。想用原来的名字，先把那个文件移走或改名。",
)
FONTS_MISSING = Code(
    "O061",
    Severity.WARNING,
    "没有装 {fonts}，也没有样子相近的字体，预览和真正印出来的差别会很大。",
    "Debian、Ubuntu 运行 sudo apt install texlive-lang-chinese fonts-noto-cjk fonts-liberation2"
    "（小一点的：fonts-arphic-gbsn00lp fonts-arphic-gkai00mp 代替第一个）。",
    "预览用样子相近的字体代替没有装的：仿宋用 FandolFang，楷体用 FandolKai，小标宋、宋体用 Noto Serif CJK SC，"
    "黑体用 Noto Sans CJK SC。这些也没有时，只好用系统给的，每行字数、页数都不可靠。",
    "只装了 LibreOffice，没有装中文字体的服务器",
    "装上提示里的字体包；有仿宋_GB2312 等字体文件的，装进系统更好。文档本身不受影响。",
)
SOURCE_OPEN = Code(
    "O062",
    Severity.NOTICE,
    "「{path}」正在办公软件里打开着，预览的是最近一次存盘的内容。",
    "要看刚改的，先存盘，再预览一次。",
    "同一文件夹里有办公软件打开文档时的临时文件。预览读的是磁盘上的文件，没有存盘的改动不在里面。",
    "在 Word 里改着 综述.docx，没有存盘就运行 reportgen preview",
    "存盘再预览。并没有打开的，删去那个 ~$ 开头的临时文件。",
)
TARGET_OPEN = Code(
    "O063",
    Severity.ERROR,
    "「{path}」正被别的程序打开着，不能换成新的预览。",
    "在看 PDF 或图片的软件里关掉它，再预览一次。",
    "Windows 上，打开着的 PDF 不能替换。原来的文件没有动。",
    "上次预览的 综述.pdf 还在阅读器里开着",
    "关掉它，再运行一次。",
)
