"""The ways to fill a Word template that are measured, each in a process of its own. They give CPU seconds, so that what
else runs on the machine counts little, and 0 for the memory, which is taken from outside.

`path` is the template for Jinja's dialect; beside it lie the same for docxtemplater (.mustache.docx) and the data
(.json). Where rows are printed, the file is called by their number.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import time
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from briefings import Kind, briefing, rows

WARM, BATCH = 100, 200
Cost = tuple[float, float]


def ours_warm(path: Path) -> Cost:
    return _warm(_ours(path, trace=False), briefing())


def ours_warm_traced(path: Path) -> Cost:
    return _warm(_ours(path, trace=True), briefing(Kind.SOURCED))


def ours_warm_figures(path: Path) -> Cost:
    return _warm(_ours(path, trace=True), briefing(Kind.FIGURE))


def docxtpl_warm(path: Path) -> Cost:
    """A fresh DocxTemplate each time: a second rendering of the same one needs it as well."""
    return _warm(_docxtpl(path), briefing(), WARM // 10)


def floor_warm(path: Path) -> Cost:
    return _warm(_floor(path), briefing())


def docxtemplater_warm(path: Path) -> Cost:
    return _node(path, "warm", WARM // 4)


def ours_batch(path: Path) -> Cost:
    return _batch(_ours(path, trace=False))


def ours_batch_traced(path: Path) -> Cost:
    return _batch(_ours(path, trace=True), Kind.SOURCED)


def ours_batch_figures(path: Path) -> Cost:
    return _batch(_ours(path, trace=True), Kind.FIGURE)


def docxtpl_batch(path: Path) -> Cost:
    return _batch(_docxtpl(path))


def docxtemplater_batch(path: Path) -> Cost:
    return _node(path, "batch", BATCH)


def ours_rows(path: Path) -> Cost:
    return _once(_ours(path, trace=False), rows(int(path.stem)))


def ours_rows_traced(path: Path) -> Cost:
    return _once(_ours(path, trace=True), rows(int(path.stem), Kind.SOURCED))


def ours_rows_figures(path: Path) -> Cost:
    return _once(_ours(path, trace=True), rows(int(path.stem), Kind.FIGURE))


def docxtpl_rows(path: Path) -> Cost:
    return _once(_docxtpl(path), rows(int(path.stem)))


def floor_rows(path: Path) -> Cost:
    return _once(_floor(path), rows(int(path.stem)))


def docxtemplater_rows(path: Path) -> Cost:
    return _node(path, "warm", 1)


def data_only(path: Path) -> Cost:
    """What the rows themselves take, to tell it from what rendering takes."""
    return _kept(path, Kind.TEXT)


def data_traced(path: Path) -> Cost:
    return _kept(path, Kind.SOURCED)


Fill = Callable[[Mapping[str, Any]], object]


def _ours(path: Path, trace: bool) -> Fill:
    from reportgen.template import Template  # noqa: PLC0415

    template = Template.load(path)
    return lambda data: template.render(data, io.BytesIO(), trace)


def _docxtpl(path: Path) -> Fill:
    from docxtpl import DocxTemplate  # noqa: PLC0415

    def fill(data: Mapping[str, Any]) -> None:
        template = DocxTemplate(path)
        template.render(dict(data))
        template.save(io.BytesIO())

    return fill


def _floor(path: Path) -> Fill:
    """The least that a Jinja2 renderer does: text out of a compiled template that knows nothing of Word and escapes
    nothing, deflated as Office does; no zip, no other parts."""
    import jinja2  # noqa: PLC0415
    from docxtpl import DocxTemplate  # noqa: PLC0415

    source = DocxTemplate(path)
    source.init_docx()
    template = jinja2.Template(source.patch_xml(source.get_xml()))

    def fill(data: Mapping[str, Any]) -> bytes:
        packer = zlib.compressobj(6, zlib.DEFLATED, -15)
        return packer.compress(template.render(data).encode()) + packer.flush()

    return fill


def _warm(fill: Fill, data: Mapping[str, Any], times: int = WARM) -> Cost:
    """Seconds of one filling among many, after the first ones; the best of five rounds."""
    for _ in range(3):
        fill(data)
    return min(_timed(fill, data, times) for _ in range(5)), 0.0


def _timed(fill: Fill, data: Mapping[str, Any], times: int) -> float:
    start = time.process_time()
    for _ in range(times):
        fill(data)
    return (time.process_time() - start) / times


def _kept(path: Path, kind: Kind) -> Cost:
    kept = rows(int(path.stem), kind)
    assert kept
    return time.process_time(), 0.0


def _batch(fill: Fill, kind: Kind = Kind.TEXT) -> Cost:
    """Seconds of the whole process: its start, its imports, the opening of the template and every briefing."""
    for number in range(BATCH):
        fill(briefing(kind, number))
    return time.process_time(), 0.0


def _once(fill: Fill, data: Mapping[str, Any]) -> Cost:
    return _timed(fill, data, 1), 0.0


def _node(path: Path, mode: str, times: int) -> Cost:
    script = Path(__file__).with_name("templates_docxtemplater.js")
    files = (str(path.with_suffix(".mustache.docx")), str(path.with_suffix(".json")))
    command = ["node", str(script), *files, mode, str(times)]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=os.environ).stdout
    told = json.loads(output)
    return told["seconds"], told["megabytes"]
