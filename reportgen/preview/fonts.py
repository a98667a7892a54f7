"""Stand-ins for fonts that are not installed: which, and the fontconfig file that makes LibreOffice take them.

LibreOffice pays no heed to w:altName, but asks fontconfig, where there is one (on Windows and macOS there is none).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

_FANG = ("FandolFang", "AR PL SungtiL GB")
_KAI = ("FandolKai", "AR PL KaitiM GB")
_SONG = ("Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "FandolSong", "AR PL SungtiL GB")
_HEI = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "FandolHei", "WenQuanYi Zen Hei")
_ROMAN = ("Liberation Serif", "Tinos", "TeX Gyre Termes")


@dataclass(frozen=True, slots=True)
class Kind:
    """Fonts of one look: the names documents ask by, what embedded ones are called, and stand-ins, best first."""

    names: tuple[str, ...]
    embedded: tuple[str, ...]
    stand_ins: tuple[str, ...]
    bold: bool = False


KINDS = (
    Kind(
        (
            "仿宋",
            "仿宋_GB2312",
            "FangSong",
            "FangSong_GB2312",
            "华文仿宋",
            "STFangsong",
            "方正仿宋简体",
            "方正仿宋_GBK",
        ),
        ("FangSong", "STFangsong", "FZFS"),
        _FANG,
    ),
    Kind(
        ("楷体", "楷体_GB2312", "KaiTi", "KaiTi_GB2312", "华文楷体", "STKaiti", "方正楷体简体", "方正楷体_GBK"),
        ("KaiTi", "STKaiti", "FZKT"),
        _KAI,
    ),
    Kind(
        (
            "方正小标宋简体",
            "方正小标宋_GBK",
            "小标宋",
            "FZXiaoBiaoSong-B05S",
            "FZXiaoBiaoSong-B05",
            "华文中宋",
            "STZhongsong",
        ),
        ("FZXBS", "STZhongsong"),
        _SONG,
        bold=True,
    ),
    Kind(
        (
            "黑体",
            "SimHei",
            "华文黑体",
            "STHeiti",
            "方正黑体简体",
            "方正黑体_GBK",
            "微软雅黑",
            "Microsoft YaHei",
            "等线",
            "DengXian",
        ),
        ("SimHei", "STHeiti", "FZHT", "MicrosoftYaHei", "DengXian"),
        _HEI,
    ),
    Kind(
        ("宋体", "SimSun", "新宋体", "NSimSun", "华文宋体", "STSong", "方正书宋简体", "方正书宋_GBK"),
        ("SimSun", "NSimSun", "STSong", "FZSS"),
        _SONG,
    ),
    Kind(("Times New Roman",), ("TimesNewRoman",), _ROMAN),
)
_KIND_OF = {name.casefold(): kind for kind in KINDS for name in kind.names}
# Look like stand-ins but are none: no simplified characters, or commas in the middle of their square.
_UNFIT = ("cwTeXFangSong", "cwTeX Q Fangsong", "AR PL UKai CN", "AR PL UKai HK", "AR PL UKai TW", "AR PL UKai TW MBE")
# Where TeX Live keeps the Fandol fonts; fontconfig does not look there by itself.
_TEX_ROOTS = (
    "/usr/share/texlive/texmf-dist",
    "/usr/share/texmf-dist",
    "/usr/share/texmf",
    "/usr/local/texlive/texmf-local",
)
_TEX_YEARS = Path("/usr/local/texlive")
_FANDOL = "fonts/opentype/public/fandol"
_SYSTEM_CONFIG = "/etc/fonts/fonts.conf"
_SECONDS = 60.0  # for fontconfig's tools, which may have to read every font once


@dataclass(frozen=True, slots=True)
class Replacement:
    """A font that is not installed, and the family printed instead (empty when the system chose and does not say).

    `is_poor` when the look of the font is known and nothing like it is installed.
    """

    asked: str
    used: str
    is_poor: bool


@dataclass(frozen=True, slots=True)
class FontSetup:
    """What was arranged for one document. `fontconfig` is the file for LibreOffice, None where none is used.

    `expected` are the fonts not installed, each with the faces (`face`) of the family that stands in.
    """

    asked: tuple[str, ...]
    fontconfig: Path | None = None
    expected: Mapping[Replacement, frozenset[str]] = field(default_factory=dict)

    def replaced(self, embedded: frozenset[str]) -> tuple[Replacement, ...]:
        """The fonts that the printed pages lack, told from the PostScript names embedded in them."""
        if self.fontconfig:
            printed = {face(name) for name in embedded}
            return tuple(font for font, faces in self.expected.items() if not faces or faces & printed)
        return tuple(Replacement(name, "", is_poor=False) for name in self.asked if _is_absent(name, embedded))


def prepare_fonts(asked: tuple[str, ...], folder: Path) -> FontSetup:
    """Writes fonts.conf into `folder`, with a stand-in for each of `asked` that is not installed.

    Without fontconfig nothing is written: LibreOffice then takes what the system gives.
    """
    if sys.platform in ("win32", "darwin"):  # LibreOffice asks the system there, even where fontconfig is installed
        return FontSetup(asked)
    config = folder / "fonts.conf"
    config.write_text(_config(asked, ()), encoding="utf-8")
    installed = _installed(config)
    if installed is None:
        return FontSetup(asked)
    expected: dict[Replacement, frozenset[str]] = {}
    rules: list[str] = []
    for name in asked:
        if name.casefold() in installed:
            continue
        kind = _KIND_OF.get(name.casefold())
        used = _first_installed(kind, installed)
        if kind and used:
            rules.append(_rule(name, used, bold=kind.bold))
            expected[Replacement(name, used, is_poor=False)] = _faces(installed[used.casefold()], bold=kind.bold)
        else:
            family, postscript = _match(name, config)
            expected[Replacement(name, family, is_poor=kind is not None)] = _faces(postscript)
    config.write_text(_config(asked, rules), encoding="utf-8")
    return FontSetup(asked, config, expected)


def face(postscript: str) -> str:
    """NotoSerifCJK-Bold of NotoSerifCJKsc-Bold, and of NotoSerifCJKjp-Bold-VKana.

    The regional fonts of one collection share their outlines, and a PDF may name them after any of the regions.
    """
    family, _, style = postscript.partition("-")
    return f"{re.sub('(?<=CJK)[a-z]{2}$', '', family)}-{style.partition('-')[0] or 'Regular'}"


def _faces(postscript: Iterable[str], *, bold: bool = False) -> frozenset[str]:
    """The faces of a family; of a bold stand-in the bold ones, where it has them."""
    faces = frozenset(face(name) for name in postscript if name)
    return frozenset(name for name in faces if name.endswith("-Bold")) or faces if bold else faces


def _first_installed(kind: Kind | None, installed: Mapping[str, frozenset[str]]) -> str | None:
    stand_ins = kind.stand_ins if kind else ()
    return next((family for family in stand_ins if family.casefold() in installed), None)


def _is_absent(name: str, embedded: frozenset[str]) -> bool:
    """Whether a known font is not among those embedded; of an unknown one the embedded name is not known either."""
    kind = _KIND_OF.get(name.casefold())
    return kind is not None and not any(font.startswith(kind.embedded) for font in embedded)


def _installed(config: Path) -> dict[str, frozenset[str]] | None:
    """Family in lower case → its PostScript names; None without fontconfig."""
    lines = _asked_fontconfig(["fc-list", "--format", "%{family}\t%{postscriptname}\n"], config)
    if lines is None:
        return None
    found: dict[str, frozenset[str]] = {}
    for line in lines:
        families, _, postscript = line.partition("\t")
        for family in families.split(","):
            key = family.strip().casefold()
            found[key] = found.get(key, frozenset()) | set(postscript.split(","))
    return found


def _match(name: str, config: Path) -> tuple[str, frozenset[str]]:
    """The family that fontconfig itself gives for `name`, and its PostScript names."""
    pattern = re.sub(r"([-:,\\])", r"\\\1", name) + ("" if name.isascii() else ":lang=zh-cn")
    lines = _asked_fontconfig(["fc-match", "--format", "%{family[0]}\t%{postscriptname}\n", pattern], config)
    family, _, postscript = lines[0].partition("\t") if lines else ("", "", "")
    return family, frozenset(postscript.split(",")) - {""}


def _asked_fontconfig(command: Sequence[str], config: Path) -> list[str] | None:
    program = shutil.which(command[0])
    if program is None:
        return None
    environment = {**os.environ, "FONTCONFIG_FILE": str(config)}
    try:
        ran = subprocess.run(
            [program, *command[1:]],
            capture_output=True,
            env=environment,
            timeout=_SECONDS,
            check=True,
            encoding="utf-8",
        )
    except (OSError, subprocess.SubprocessError, UnicodeError):
        return None
    return ran.stdout.splitlines()


def _config(asked: Iterable[str], rules: Iterable[str]) -> str:
    """A fontconfig file on top of the one in force: the folders of TeX's fonts, what must not be taken, and `rules`."""
    system = os.environ.get("FONTCONFIG_FILE") or _SYSTEM_CONFIG
    names = {name.casefold() for name in asked}
    unfit = [name for name in _UNFIT if name.casefold() not in names]
    lines = [
        '<?xml version="1.0"?>',
        '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
        "<fontconfig>",
        f'<include ignore_missing="yes">{escape(system)}</include>',
        *(f"<dir>{escape(str(folder))}</dir>" for folder in _tex_folders()),
        "<selectfont><rejectfont>",
        *(f'<pattern><patelt name="family"><string>{name}</string></patelt></pattern>' for name in unfit),
        "</rejectfont></selectfont>",
        *rules,
        "</fontconfig>",
    ]
    return "\n".join(lines)


def _rule(name: str, family: str, *, bold: bool) -> str:
    weight = '<edit name="weight" mode="assign" binding="strong"><const>bold</const></edit>' if bold else ""
    return (
        f'<match target="pattern"><test qual="any" name="family"><string>{escape(name)}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{escape(family)}</string></edit>{weight}</match>'
    )


def _tex_folders() -> Iterator[Path]:
    years = [year / "texmf-dist" for year in _TEX_YEARS.glob("2*")] if _TEX_YEARS.is_dir() else []
    for root in (*map(Path, _TEX_ROOTS), *years):
        if (root / _FANDOL).is_dir():
            yield root / _FANDOL
