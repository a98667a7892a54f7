"""One name for two rows."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.diagnostics import Diagnostic
from reportgen.diagnostics.catalogue.validate import agreement as codes
from reportgen.model.records import Record
from reportgen.model.schema import SHEETS, SheetSpec, sheet_of
from reportgen.validate.checks.names import all_folded, folded
from reportgen.validate.draft import Draft


def repeated_keys(draft: Draft) -> Iterator[Diagnostic]:
    """One number or name twice: within its sheet, and over all sheets whose rows tags can name."""
    shared: dict[str, Record] = {}
    for spec in SHEETS:
        if not spec.unique:
            continue
        seen = shared if spec.named else {}
        rows = [record for record in draft.rows(spec) if record.origin.key]
        keys = all_folded([record.origin.key for record in rows])
        if len(set(keys)) == len(keys) and seen.keys().isdisjoint(keys):
            seen.update(zip(keys, rows, strict=True))
            continue
        for key, record in zip(keys, rows, strict=True):
            first = seen.setdefault(key, record)
            if first is not record:
                yield _repeated(draft, spec, first, record)


def _repeated(draft: Draft, spec: SheetSpec, first: Record, record: Record) -> Diagnostic:
    first_spec = sheet_of(type(first))
    place, first_place = record.origin.place(spec.key), first.origin.place(first_spec.key)
    meant = draft.meant.get((spec.name, record.origin.row))
    advice = f"别处写到「{meant}」，却没有这个{spec.key_header}：这里是不是「{meant}」？" if meant else None
    key, where = record.origin.key, f"「{first_spec.name}」表第{first.origin.row}行"
    return codes.KEY_TWICE.at(place, text=key, related=(first_place,), suggestion=advice, key=key, where=where)


def shared_aliases(draft: Draft) -> Iterator[Diagnostic]:
    """A 全称 or 别称 that is also another unit's name."""
    owners = {folded(unit.short_name): unit for unit in draft.dataset.units if unit.short_name}
    for unit in draft.dataset.units:
        for field, names in (("full_name", (unit.full_name,)), ("aliases", unit.aliases)):
            for name in filter(None, names):
                owner = owners.setdefault(folded(name), unit)
                if owner.short_name != unit.short_name:
                    yield codes.ALIAS_TWICE.at(
                        unit.origin.place(field), text=name, first=owner.short_name, second=unit.short_name
                    )
