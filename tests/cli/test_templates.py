"""`reportgen template list / vars / check / new`, with the templates and samples there really are."""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from fake_pipeline import Ran
from rich.cells import cell_len

sys.path.insert(0, str(Path(__file__).parent.parent / "template"))
from word_files import docx
from workbooks import workbook

from reportgen.resources import inputs_root

Run = Callable[..., Ran]


def test_list_names_own_templates_first(run: Run, folder: Path) -> None:
    assert run("template", "new", "综述").code == 0

    ran = run("template", "list")

    lines = ran.out.splitlines()
    assert (ran.code, lines[1].split()[:2]) == (0, ["综述", str(Path("模板/综述"))])
    listed = run("template", "list", "--format", "json").json["templates"]
    assert next((item["name"], item["own"]) for item in listed) == ("综述", True)
    assert ("侧记", False) in [(item["name"], item["own"]) for item in listed]


def test_the_description_is_read_however_notepad_saved_it(run: Run, folder: Path) -> None:
    assert run("template", "new", "综述").code == 0
    (folder / "模板" / "综述" / "README.md").write_bytes("# 我们的综述".encode("gbk"))

    assert "我们的综述" in run("template", "list").out


SAMPLE = str(inputs_root() / "综述" / "综述.xlsx")


def test_vars_shows_tags_to_copy_with_examples_of_the_data(run: Run, folder: Path) -> None:
    ran = run("template", "vars", SAMPLE)

    lines = [" ".join(line.split()) for line in ran.out.splitlines()]
    assert ran.code == 0
    for line in (
        "{{ 刊期.文种 }} 综述",
        "{% for 板块 in 稿.板块 %}{{ 板块.小标题 }}；{% endfor %} 3 项",
        "{{ 行.占比 }} 16.7% {{ Z010.占比 }}",
        "{{ 行.名次 }} 如：第一",  # this workbook has none: the example is another's
        "{% for 图 in 图片 %}{{ 图.图说 }}；{% endfor %} 没有",  # an empty sheet has its columns all the same
        "{{ 图.图像 }} 如：图片 书记议事专题会议.png",
        "{{ 摘编.标题 }}",
        "{% for 行 in 核数 %}{{ 行.序号 }}；{% endfor %} 生成时才有",
        "{{ 行.文中数字 }}",
        "概数 {{ Z002|概数('多') }} 100多期 写成概数：多、余、超、突破、近、上",
        "场次 {{ 场次(活动.筛选(类型='会议')) }} 4 选出的活动，场次加起来",
        "首个 {{ 首个(Z001) }} 如：首个 印“首个”“首批”，这一行要填了“依据”",  # no workbook has it: marked
    ):
        assert line in lines


def test_vars_as_json_say_of_each_name_where_it_is_and_whose_example_it_has(run: Run, folder: Path) -> None:
    found = run("template", "vars", SAMPLE, "--format", "json").json

    lines = {line["name"]: line for line in found["variables"] if "only" not in line}
    assert lines["刊期.小基数"] == {"name": "刊期.小基数", "example": "20", "depth": 1}
    assert lines["行.全称"]["direct"] == "{{ 自治区政协.全称 }}"
    assert (lines["图.文件"]["is_borrowed"], lines["稿件"]["loop"]) == (
        True,
        "{% for 稿 in 稿件 %}{{ 稿.主标题 }}；{% endfor %}",
    )
    assert {line["name"] for line in found["variables"] if line.get("only") == "附件.xlsx" and line["depth"] == 0} == {
        "板块.单位组",
        "覆盖",
        "覆盖板块",
        "核数",
        "疑点",
    }
    assert found["rows"]["引语"] == ["Y001"]
    assert all(usage["tag"] and usage["meaning"] for usage in (*found["filters"], *found["functions"]))


def test_what_vars_says_to_copy_prints_as_it_stands(run: Run, folder: Path) -> None:
    """Every tag that is not set in (it belongs inside a loop), no example of other data, and needs no file or style."""
    found = run("template", "vars", SAMPLE, "--format", "json").json
    lines = [line for line in found["variables"] if not line["depth"] and "only" not in line and line["name"] != "表"]
    tags = [line.get("loop") or f"{{{{ {line['name']} }}}}" for line in lines if "工作表名" not in line["name"]]
    tags += [line["direct"] for line in found["variables"] if "direct" in line]
    used = [usage for usage in found["filters"] + found["functions"] if not usage.get("is_borrowed")]
    own = _own_template(*tags, *(usage["tag"] for usage in used if usage["name"] not in ("插入", "样式")))

    ran = run("template", "check", str(own), "--data", SAMPLE, "--format", "json")

    assert _faults(ran) == []
    assert {"{% for 行 in 指标 %}{{ 行.名称 }}；{% endfor %}", "{{ Z001.名称 }}"} <= set(tags)
    by = next(usage for usage in used if usage["name"] == ".按")
    assert by["tag"].endswith("{% endfor %}")


@pytest.mark.parametrize("columns", [40, 160])
def test_vars_fit_the_terminal(run: Run, folder: Path, columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """No line runs on or ends in blanks; a tag stays whole, since it is there to be copied."""
    monkeypatch.setattr("reportgen.cli.console._UNWRAPPED", columns)

    lines = run("template", "vars", SAMPLE).out.splitlines()

    tables = lines[4 : lines.index("可以直接写的编号和名字：")] + lines[lines.index("过滤器（写在竖线后面）：") + 1 :]
    long = [line for line in tables if cell_len(line) > columns and "{" not in line and "：" not in line]
    assert (long, [line for line in lines if line != line.rstrip()]) == ([], [])
    assert any("{% for 行 in 指标 %}{{ 行.名称 }}；{% endfor %}" in line for line in lines)


def test_a_folder_is_no_workbook_to_list(run: Run, folder: Path) -> None:
    Path("空").mkdir()

    ran = run("template", "vars", "空")

    assert "「空」是文件夹，不是工作簿。" in ran.err


def test_vars_of_a_workbook_with_faults_tells_them(run: Run, folder: Path) -> None:
    ran = run("template", "vars", "没有.xlsx")

    assert (ran.code, ran.err.startswith("错误 ")) == (2, True)


@pytest.mark.parametrize("name", ["综述", "侧记", "简报"])
def test_the_bundled_templates_are_sound(run: Run, name: str, folder: Path) -> None:
    ran = run("template", "check", name)

    assert (ran.code, "错误" not in ran.out) == (0, True)


@pytest.mark.parametrize(
    ("command", "made"),
    [
        (("new", "综述", "稿"), "稿/模板/综述"),
        (("template", "new", "我的", "--from", "侧记"), "模板/我的"),
    ],
)
def test_a_copy_is_made_in_the_look_asked_for(run: Run, folder: Path, command: tuple[str, ...], made: str) -> None:
    assert run(*command, "--fonts", "windows", "--page", "gbt33476").code == 0

    with zipfile.ZipFile(Path(made) / "正文.docx") as package:
        styles, body = (package.read(f"word/{part}.xml").decode() for part in ("styles", "document"))
    assert "GB2312" not in styles
    assert 'w:top="1961"' in body


def test_a_look_there_is_not_is_wrong_use(run: Run, folder: Path) -> None:
    ran = run("new", "综述", "稿", "--fonts", "mac")

    assert (ran.code, ran.err.splitlines()[1]) == (2, "  --fonts 的值「mac」不能用。")
    assert not Path("稿").exists()


Found = list[tuple[str, object, str]]


def _own_template(*blocks: str, cell: str = "") -> Path:
    """A template folder whose article is `blocks`, and whose appendix is one cell."""
    own = Path("模板/我的")
    own.mkdir(parents=True)
    (own / "正文.docx").write_bytes(docx(*blocks))
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = cell
    book.save(own / "附件.xlsx")
    return own


def _faults(ran: Ran) -> Found:
    errors = (item for item in ran.json["diagnostics"] if item["severity"] == "error")
    return [(item["code"], item.get("paragraph") or item.get("cell"), item["message"]) for item in errors]


def test_check_tells_every_fault_without_data(run: Run, folder: Path) -> None:
    own = _own_template(
        "{{ 刊明 }}{{ Z777 }}{{ Z777.同笔 }}{{ 表['与会人员'][0].姓名 }}",
        "{% if 稿.副标提 %}",
        "{{ 刊期|概述 }}{{ 稿. }}",
        "{% for 行 in 指标.筛洗(单位='甲') %}{{ 行.值 }}{% endfor %}",
        "{% for 篇 in 稿.摘编 %}{% for 段 in 篇.段落 %}{{ 段.领剧 }}{% endfor %}{% endfor %}",
        "{% for 行 in 指标.筛选(单位='无此单位') %}{{ 行.同笔 }}{% endfor %}",
        "{% for 段 in 稿.段落 %}",
    )

    ran = run("template", "check", str(own), "--format", "json")

    assert (ran.code, _faults(ran)) == (
        1,
        [
            ("T020", 1, "没有“刊明”，相近的有“刊期”。"),
            ("T021", 1, "没有“同笔”，相近的有“同比”“同组”。"),
            ("T014", 2, "「{% if 稿.副标提 %}」没有对应的 endif。"),
            ("T021", 2, "没有“副标提”，相近的有“副标题”。"),
            ("T022", 3, "没有过滤器“概述”，相近的有“概数”。"),
            ("T011", 3, "标签「{{ 稿. }}」的写法有误：“.”后面少了内容。"),
            ("T021", 4, "没有“筛洗”，相近的有“筛选”。"),
            ("T021", 5, "没有“领剧”，相近的有“领句”。"),
            ("T021", 6, "没有“同笔”，相近的有“同比”“同组”。"),
            ("T014", 7, "「{% for 段 in 稿.段落 %}」没有对应的 endfor。"),
        ],
    )
    assert "没有用数据" in run("template", "check", str(own)).out


@pytest.mark.parametrize("loop", ["稿.指标", "稿.活动", "稿.图片", "刊期.图片", "稿.引语", "稿.摘编", "稿.板块"])
def test_every_list_is_looked_into_without_data(run: Run, folder: Path, loop: str) -> None:
    own = _own_template(f"{{% for 行 in {loop} %}}{{{{ 行.没有这一栏 }}}}{{% endfor %}}")
    ran = run("template", "check", str(own), "--format", "json")
    assert [(code, place) for code, place, _ in _faults(ran)] == [("T021", 1)]


def test_check_with_data_tells_what_a_build_would(run: Run, folder: Path) -> None:
    """In both files at once, whichever is faulty; with the cells that the data came from."""
    blocks = ("{{ Z99 }}{{ 指标['Z099'] }}", "{{ Z001.占比 }}", "{{ 单位|等('个单位', 3) }}", "{{ 1/0 }}")
    own = _own_template(*blocks, cell="{{ P009.图像 }}{{ 刊期.文种|万 }}")

    checked = ("template", "check", str(own))
    ran = run(*checked, "--data", SAMPLE, "--format", "json")

    found = _faults(ran)
    assert (ran.code, [(code, place) for code, place, _ in found]) == (
        1,
        [("T020", 1), ("T021", 1), ("F006", 2), ("F023", 3), ("T026", 4), ("T020", "A1"), ("F001", "A1")],
    )
    assert found[0][2].startswith("没有“Z99”，相近的有")
    (related,) = next(item["related"] for item in ran.json["diagnostics"] if item["code"] == "F006")
    assert (related["sheet"], related["cell"]) == ("指标", "S2")
    assert _faults(run("build", SAMPLE, "-t", str(own), "-o", "成稿", "--format", "json")) == found
    assert run(*checked, "--format", "json").json["diagnostics"] == []


def test_check_with_data_that_have_faults_tells_these_too(run: Run, folder: Path) -> None:
    own = _own_template("{% for 段 in 稿.段落 %}")
    data = workbook(folder, "[指标]\n指标号 | 名称 | 值\nZ1 | 提案 | 一百二")

    ran = run("template", "check", str(own), "--data", str(data), "--format", "json")

    assert (ran.code, [code for code, _, _ in _faults(ran)]) == (1, ["T014", "V012"])


def test_a_folder_is_called_the_same_wherever_one_stands(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(_own_template("{{ 刊明 }}"))

    assert run("template", "check", ".", "--format", "json").json["diagnostics"][0]["file"] == "我的/正文.docx"


def test_without_a_command_the_help_is_shown(run: Run, folder: Path) -> None:
    ran = run("template")

    assert (ran.code, ran.out, ran.err.splitlines()[0]) == (2, "", "用法：reportgen template [选项] 命令 …")


REFUSED_NAMES = [
    "CON",
    "prn",
    "nul.模板",
    "COM1",
    "lpt9.docx",
    "我的.",
    " 我的",
    "我的 ",
    "..",
    "",
    "a:b",
    "一\n二",
    "长" * 71,
]


@pytest.mark.parametrize("name", REFUSED_NAMES)
def test_nothing_made_gets_a_name_that_some_system_refuses(run: Run, folder: Path, name: str) -> None:
    """A template, a draft, a folder to work in: one rule, one sentence."""
    told = [run("template", "new", name), run("build", "综述.xlsx", "--name", name)]
    if name not in ("", ".."):  # as a path these are folders that exist
        told.append(run("new", "综述", f"稿/{name}"))

    assert [(ran.code, ran.err.splitlines()[0]) for ran in told] == [(2, "错误 O004")] * len(told)
    assert len({ran.err.partition("建议：")[2] for ran in told}) == 1
    assert not Path("模板").exists()
    assert not Path("稿").exists()


@pytest.mark.parametrize("name", ["CONFIG", "COM", "我的2.0", "COM10"])
def test_a_name_like_a_devices_is_free(run: Run, folder: Path, name: str) -> None:
    assert run("template", "new", name).code == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("check", "没有这个"), 2),
        (("new", "综述", "--from", "综术"), 2),
        (("new", "a/b"), 2),
        (("new", ".隐"), 2),
    ],
)
def test_what_cannot_be_is_refused(run: Run, folder: Path, words: tuple[str, ...], code: int) -> None:
    ran = run("template", *words)

    assert (ran.code, ran.out, ran.err != "") == (code, "", True)


def test_new_never_writes_over_a_template(run: Run, folder: Path) -> None:
    assert run("template", "new", "我的").code == 0
    assert Path("模板/我的/正文.docx").is_file()

    assert run("template", "new", "我的").code == 2
    assert run("template", "new", "他的", "--format", "json").json["folder"] == str(Path("模板/他的"))
