"""What prose cells and templates may say of figures: filters and functions, with one issue's settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from reportgen.figures.filters import filters
from reportgen.figures.quantity import DatasetPeers, Peers
from reportgen.figures.selection import functions
from reportgen.model.records import Dataset


@dataclass(frozen=True, slots=True)
class Words:
    """The filters and functions of figures.md by name."""

    filters: Mapping[str, Callable[..., object]]
    functions: Mapping[str, Callable[..., object]]

    @classmethod
    def of(cls, peers: Peers) -> Words:
        return cls(filters(peers), functions(peers))

    @classmethod
    def of_dataset(cls, dataset: Dataset) -> Words:
        return cls.of(DatasetPeers.of(dataset))
