"""The whole build on one page: read → validate → compose → render → proof → write."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reportgen.compose import check_references, compose
from reportgen.diagnostics import Diagnostic, Outcome, Place, Severity, has_errors
from reportgen.diagnostics.catalogue import output as codes
from reportgen.diagnostics.machine import machine_fault
from reportgen.figures import Words
from reportgen.model.cells import Workbook
from reportgen.model.issue import Issue
from reportgen.model.records import Dataset
from reportgen.model.report import BuildOptions, FigureCount, Outputs, Proof, Report
from reportgen.proof import proofread
from reportgen.read import read_workbook
from reportgen.render import (
    Appendix,
    Drafts,
    RenderedArticle,
    TemplateData,
    Templates,
    load_templates,
    offered,
    render_article,
    seal,
    template_data,
    write_drafts,
)
from reportgen.template import TemplateError
from reportgen.validate import validate


@dataclass(frozen=True, slots=True)
class Made:
    """Everything of a build before it is written."""

    issue: Issue
    templates: Templates
    proof: Proof
    drafts: Drafts
    notices: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class _Begun:
    """What a workbook says: its issue unless it has faults, and everything found in it."""

    dataset: Dataset | None
    issue: Issue | None
    found: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Vision:
    """What templates see of one workbook: its issue, the names of both templates, the filters and functions."""

    issue: Issue
    names: TemplateData
    words: Words


def vision(path: Path) -> Outcome[Vision]:
    """What templates see of a workbook; None when the workbook has faults, which are given."""
    book = read_workbook(path)
    begun = _begun(book.value, book.diagnostics)
    if begun.issue is None:
        return Outcome(None, begun.found)
    names = template_data(begun.issue, Appendix(begun.issue))
    return Outcome(Vision(begun.issue, names, Words.of_dataset(begun.issue.dataset)), begun.found)


def template_faults(path: Path, template: Path) -> tuple[Diagnostic, ...]:
    """What a build of the workbook would find in the template folder, and the workbook's own errors, which keep it from
    finding all. Writes nothing."""
    book = read_workbook(path)
    begun = _begun(book.value, book.diagnostics)
    errors = tuple(fault for fault in begun.found if fault.is_error)
    if begun.dataset is None:
        return errors
    try:
        made = _with_templates(begun.dataset, begun, path, BuildOptions(template=template), trial=True)
    except TemplateError as error:
        return (*errors, *error.diagnostics)
    return (*errors, *made.diagnostics)


def check(path: Path, template: Path | None = None) -> Report:
    """Every fault of data, references and template, and every 疑点; writes nothing."""
    made = _make(path, BuildOptions(template=template), trial=True)
    queries = _queries(made.value.proof) if made.value else ()
    return _report(path, (*made.diagnostics, *queries), made.value)


def build(path: Path, options: BuildOptions) -> Report:
    """Makes docx, appendix and manifest of one workbook; after an error nothing is written."""
    made = _make(path, options)
    if made.value is None:
        return _report(path, made.diagnostics, None)
    found = (*made.diagnostics, *_queries(made.value.proof))
    if options.strict and (refusal := _strict(path, found)):
        return _report(path, (*found, refusal), made.value)
    folder, stem = _folder(path, options), options.name or path.stem
    written = write_drafts(path, folder, stem, made.value.drafts, force=options.force)
    return _report(path, (*found, *written.diagnostics), made.value, written.value)


def _make(path: Path, options: BuildOptions, trial: bool = False) -> Outcome[Made]:
    """All stages up to writing; a stage that fails gives its faults and ends it. A trial makes no appendix."""
    try:
        return _stages(path, options, trial)
    except TemplateError as error:
        return Outcome(None, error.diagnostics)
    except (OSError, MemoryError) as error:
        return Outcome(None, (machine_fault(error, path),))


def _stages(path: Path, options: BuildOptions, trial: bool) -> Outcome[Made]:
    book = read_workbook(path)
    if book.value is None:
        return Outcome(None, book.diagnostics)
    made = _from_book(book.value, book.diagnostics, path, options, trial)
    return replace(made, diagnostics=book.value.in_order(made.diagnostics))


def _from_book(
    book: Workbook, notices: Sequence[Diagnostic], path: Path, options: BuildOptions, trial: bool
) -> Outcome[Made]:
    begun = _begun(book, notices)
    if begun.dataset is None:
        return Outcome(None, begun.found)
    made = _with_templates(begun.dataset, begun, path, options, trial)
    return Outcome(made.value, (*begun.found, *made.diagnostics))


def _begun(book: Workbook | None, notices: Sequence[Diagnostic]) -> _Begun:
    if book is None:
        return _Begun(None, None, tuple(notices))
    data = validate(book)
    found = (*notices, *data.diagnostics)
    if data.value is None:
        return _Begun(None, None, found)
    if has_errors(found):
        complete = None if data.value.unread else data.value
        return _Begun(complete, None, (*found, *check_references(data.value)))
    issue = compose(data.value)
    return _Begun(data.value, issue.value, (*found, *issue.diagnostics))


def _with_templates(dataset: Dataset, begun: _Begun, path: Path, options: BuildOptions, trial: bool) -> Outcome[Made]:
    """The templates filled, and what is found in them."""
    issue = begun.issue
    if issue is None:
        return Outcome(None, load_templates(dataset, path, options.template).diagnostics)
    appendix = Appendix(issue)
    templates = load_templates(dataset, path, options.template, template_data(issue, appendix), offered(issue))
    if templates.value is None:
        return Outcome(None, templates.diagnostics)
    try:
        found = (*begun.found, *templates.diagnostics)
        made = _render(path, issue, appendix, templates.value, options, found, trial)
    except TemplateError as error:
        return Outcome(None, (*templates.diagnostics, *error.diagnostics))
    return Outcome(made, (*templates.diagnostics, *made.notices))


def _render(
    path: Path,
    issue: Issue,
    appendix: Appendix,
    templates: Templates,
    options: BuildOptions,
    found: Sequence[Diagnostic],
    trial: bool,
) -> Made:
    """docx first, then proofread, then the workbook that holds what proofreading found (templates.md)."""
    article = _render_article(issue, appendix, templates)
    name = f"{options.name or path.stem}.docx"
    proof = proofread(issue, article.content, article.figures, name, found, article.attachments)
    workbook = _relative(path, _folder(path, options))
    filled = appendix.render(templates.appendix, proof, article.attachments, workbook, trial=trial)
    printed = render_article(issue, templates, article.attachments, marks=False) if options.clean else article
    docx, manifest = seal(issue, templates, printed.content, proof, clean=options.clean)
    return Made(issue, templates, proof, Drafts(docx, filled.content, manifest), (*article.notices, *filled.notices))


def _render_article(issue: Issue, appendix: Appendix, templates: Templates) -> RenderedArticle:
    """The article with its marks; a fault in one template does not keep the other's from being told."""
    try:
        listed = appendix.attachments(templates.appendix)
    except TemplateError:
        listed = None  # told below with the other faults of the appendix
    try:
        article = render_article(issue, templates, listed or (), marks=True)
    except TemplateError as error:
        raise TemplateError([*error.diagnostics, *appendix.faults(templates.appendix)]) from error
    if listed is None:
        raise TemplateError(appendix.faults(templates.appendix))
    return article


def _queries(proof: Proof) -> tuple[Diagnostic, ...]:
    """疑点 of proofreading itself; those repeated from earlier stages are reported already."""
    return tuple(query.diagnostic for query in proof.queries if query.diagnostic.code.startswith("P"))


def _strict(path: Path, found: Sequence[Diagnostic]) -> Diagnostic | None:
    count = sum(item.severity is Severity.WARNING for item in found)
    return codes.STRICT.at(Place(file=path.name), count=count) if count else None


def _folder(path: Path, options: BuildOptions) -> Path:
    return options.output if options.output is not None else path.parent


def _relative(path: Path, folder: Path) -> str:
    """The workbook as seen from the folder of the appendix; on another Windows drive, its whole path."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:
        return path.resolve().as_uri()


def _report(path: Path, found: Sequence[Diagnostic], made: Made | None, output: Outputs | None = None) -> Report:
    count = made.proof.figures if made else FigureCount()
    return replace(Report(path, not has_errors(found)), diagnostics=tuple(found), output=output, figures=count)
