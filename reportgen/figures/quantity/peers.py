"""What an indicator must see beyond its own row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from reportgen.model.records import Dataset, Indicator, Masthead, Unit


class Peers(Protocol):
    """What an indicator must see beyond its own row."""

    @property
    def masthead(self) -> Masthead: ...

    @property
    def indicators(self) -> Sequence[Indicator]: ...

    @property
    def units(self) -> Sequence[Unit]: ...

    def indicator(self, id: str) -> Indicator | None: ...


@dataclass(frozen=True, slots=True)
class DatasetPeers:
    """The Peers of a whole Dataset."""

    masthead: Masthead
    indicators: tuple[Indicator, ...]
    units: tuple[Unit, ...]
    by_id: Mapping[str, Indicator]

    @classmethod
    def of(cls, dataset: Dataset) -> DatasetPeers:
        by_id = {row.id: row for row in dataset.indicators}
        return cls(dataset.masthead, dataset.indicators, dataset.units, by_id)

    def indicator(self, id: str) -> Indicator | None:
        return self.by_id.get(id)
