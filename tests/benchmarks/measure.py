"""Time and memory of a piece of work in a process of its own, so that no case warms or burdens the next.

As a script it is that process: `python measure.py MODULE FUNCTION PATH` calls a function of a module beside this one.
"""

from __future__ import annotations

import importlib
import json
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of the work with its imports, and the most memory (MB) its process held."""

    seconds: float
    megabytes: float


def measure(module: str, function: str, path: Path, repeats: int = 1) -> Measured:
    """The median time and the greatest memory of `repeats` fresh processes.

    Raises CalledProcessError when the work fails; what went wrong is on stderr.
    """
    runs = [_run(module, function, path) for _ in range(repeats)]
    return Measured(statistics.median(run.seconds for run in runs), max(run.megabytes for run in runs))


def _run(module: str, function: str, path: Path) -> Measured:
    command = [sys.executable, __file__, module, function, str(path)]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return Measured(**json.loads(output))


def _peak() -> float:
    """VmHWM: unlike ru_maxrss it owes nothing to the process that started this one."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def _work(module: str, function: str, path: str) -> None:
    start = time.perf_counter()
    getattr(importlib.import_module(module), function)(Path(path))
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "megabytes": _peak()}))


if __name__ == "__main__":
    _work(*sys.argv[1:])
