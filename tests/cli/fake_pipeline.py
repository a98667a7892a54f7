"""A pipeline that answers at once, the faults it finds, and what a command left on the screen."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reportgen.diagnostics import Diagnostic, Place, Severity
from reportgen.model.report import BuildOptions, FigureCount, Outputs, Report


def fault(severity: Severity = Severity.ERROR, code: str = "V012", row: int = 12) -> Diagnostic:
    place = Place(file="综述.xlsx", sheet="指标", row=row, column="值", cell=f"F{row}")
    return Diagnostic(code, severity, place, "「一百二」不是数。", "填阿拉伯数字，如 120。", "一百二")


@dataclass
class FakePipeline:
    """Gives for each workbook, by name, the diagnostics or the exception set for it; remembers what was asked."""

    found: dict[str, list[Diagnostic] | Exception] = field(default_factory=dict)
    built: list[tuple[Path, BuildOptions]] = field(default_factory=list)
    checked: list[tuple[Path, Path | None]] = field(default_factory=list)

    def check(self, path: Path, template: Path | None = None) -> Report:
        self.checked.append((path, template))
        return self._report(path)

    def build(self, path: Path, options: BuildOptions) -> Report:
        self.built.append((path, options))
        report = self._report(path)
        if not report.ok:
            return report
        folder, stem = options.output or path.parent, options.name or path.stem
        outputs = Outputs(path, folder / f"{stem}.docx", folder / f"{stem}-附件.xlsx", folder / f"{stem}.figures.json")
        return Report(path, True, report.diagnostics, outputs, FigureCount(44, 42, 2, 1, 3))

    def _report(self, path: Path) -> Report:
        found = self.found.get(path.name, [])
        if isinstance(found, Exception):
            raise found
        return Report(path, not any(item.is_error for item in found), tuple(found))


@dataclass(frozen=True)
class Ran:
    """What a command left on the screen."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)
