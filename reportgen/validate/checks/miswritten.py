"""Which key of a sheet must be mended when others name what is not there: one cell, and not the many that name it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from reportgen.model.records import Record
from reportgen.validate.checks.names import folded


class Keys:
    """The rows of a sheet whose own key may be wrong: `repeated`, which have another's, and those that nobody names."""

    def __init__(self, rows: Sequence[Record], used: Collection[str]) -> None:
        self.repeated: list[Record] = []
        self.unnamed: list[Record] = []
        seen: set[str] = set()
        for row in rows:
            key = folded(row.origin.key)
            if key in seen:
                self.repeated.append(row)
            elif row.origin.key not in used:
                self.unnamed.append(row)
            seen.add(key)

    def miswritten(
        self, counts: Mapping[str, int], near: Callable[[str], Sequence[str]], all_named: bool
    ) -> dict[str, Record]:
        """Unknown name → the row that was rather meant to have it. `counts`: how often each unknown name is used;
        `near`: the keys like a name; `all_named`: each row of the sheet is there to be named.

        A name used once is rather wrong itself, unless a repeated key is there to explain it.
        """
        free = [*self.repeated, *self.unnamed]
        found: dict[str, Record] = {}
        for name in sorted(counts, key=lambda name: -counts[name]):
            row = next(self._candidates(name, counts, near, all_named, free), None)
            if row is not None:
                free.remove(row)
                found[name] = row
        return found

    def _candidates(
        self,
        name: str,
        counts: Mapping[str, int],
        near: Callable[[str], Sequence[str]],
        all_named: bool,
        free: Sequence[Record],
    ) -> Iterator[Record]:
        often, alone = counts[name] > 1, len(counts) == 1
        repeated = [row for row in free if row in self.repeated]
        if often:
            alike = near(name)
            yield from (row for row in repeated if row.origin.key in alike)
            yield from (row for row in free if row.origin.key in alike[:1])
        if alone:
            yield from repeated
        if alone and often and all_named and len(self.unnamed) == 1:
            yield from (row for row in free if row in self.unnamed)
