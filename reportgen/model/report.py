"""What is asked of a build, what proofreading finds, and what a build or a check hands to the command line."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from reportgen.diagnostics import Diagnostic
from reportgen.model.cells import CellRef
from reportgen.model.figure import Figure
from reportgen.model.records import Activity, Indicator


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What the user asked of a build.

    `output` is the folder to write into (None: the workbook's own), `template` a template folder (None: the one the
    workbook names), `name` the stem of the files written (None: the workbook's). `force` replaces a docx that a person
    changed (the old one is kept), `strict` takes warnings for errors, `clean` leaves the figures' marks out.
    """

    output: Path | None = None
    template: Path | None = None
    name: str | None = None
    force: bool = False
    strict: bool = False
    clean: bool = False


@dataclass(frozen=True, slots=True)
class FigureCount:
    """Printed figures: all, those with a source, those without (无据), those still 待填/待核; and the 疑点."""

    total: int = 0
    traced: int = 0
    untraced: int = 0
    pending: int = 0
    queries: int = 0


@dataclass(frozen=True, slots=True)
class Outputs:
    """The files one build wrote. `kept` is what a person had changed and the build left or put aside, if anything."""

    source: Path
    docx: Path
    appendix: Path
    manifest: Path
    kept: Path | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """The result for one workbook: `ok` when nothing stopped it; `output` is None when nothing was written."""

    source: Path
    ok: bool
    diagnostics: tuple[Diagnostic, ...] = ()
    output: Outputs | None = None
    figures: FigureCount = FigureCount()


class Verdict(StrEnum):
    """结论 of 核数表."""

    AGREES = "✔ 一致"
    DIFFERS = "✘ 不一致"
    UNSOURCED = "无据"
    EXEMPT = "豁免"
    REPORTED = "源为概数"
    PENDING = "待填"


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One number of the finished docx in 核数表.

    `section` is the 小标题 it stands under, `paragraph` counts the document's paragraphs that hold text, from 1;
    `sentence` is the number with 15 characters either side; `figure` is None for a number that did not come from
    data; `cell` is the prose cell its paragraph was typed in, if any; `elsewhere` are the other paragraphs that print a
    figure of the same cells.
    """

    number: int
    article: str
    section: str
    paragraph: int
    sentence: str
    printed: str
    verdict: Verdict
    rule: str = ""
    bookmark: str = ""
    figure: Figure | None = None
    cell: CellRef | None = None
    indicator: Indicator | Activity | None = None
    elsewhere: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """疑点: what a careful editor would question. `rule` is the rule's name; `paragraphs` are those of the text that
    print what stands at its place, counted as in 核数表."""

    rule: str
    diagnostic: Diagnostic
    paragraphs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """What proofreading gives: 核数表 in reading order, 疑点, and the counts."""

    audit: tuple[AuditRow, ...]
    queries: tuple[Query, ...]
    figures: FigureCount
