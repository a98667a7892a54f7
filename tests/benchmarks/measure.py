"""Time and memory of a piece of work in a process of its own, so that no case warms or burdens the next.

As a script it is that process: `python measure.py MODULE FUNCTION PATH [CALLS]` calls a function of a module beside
this one, once what the module's LIBRARIES name for it, if anything, is imported.
"""

from __future__ import annotations

import importlib
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of the work (or those it says itself), the most memory (MB) its process held, seconds of the imports that
    came before, and processor time of the work, which other processes disturb less."""

    seconds: float
    megabytes: float
    imports: float = 0.0
    processor: float = 0.0


def measure(module: str, function: str, path: Path, repeats: int = 1, calls: int = 1) -> Measured:
    """The median time and the greatest memory of `repeats` fresh processes, the time that of the median of `calls`.

    Raises CalledProcessError when the work fails; what went wrong is on stderr.
    """
    runs = [_run(module, function, path, calls) for _ in range(repeats)]
    return Measured(
        statistics.median(run.seconds for run in runs),
        max(run.megabytes for run in runs),
        statistics.median(run.imports for run in runs),
        statistics.median(run.processor for run in runs),
    )


def _run(module: str, function: str, path: Path, calls: int) -> Measured:
    command = [sys.executable, __file__, module, function, str(path), str(calls)]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return Measured(**json.loads(output))


def _peak() -> float:
    """VmHWM: unlike ru_maxrss it owes nothing to the process that started this one."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def _work(module: str, function: str, path: str, calls: str = "1") -> None:
    """A function that gives two numbers has measured itself: seconds, and the megabytes of a process it started."""
    ways = importlib.import_module(module)
    begun = time.perf_counter()
    for library in getattr(ways, "LIBRARIES", {}).get(function, ()):
        importlib.import_module(library)
    imports = time.perf_counter() - begun
    costs = [_call(getattr(ways, function), Path(path), imports) for _ in range(int(calls))]
    print(json.dumps(asdict(sorted(costs, key=lambda cost: cost.processor)[len(costs) // 2])))


def _call(function: Callable[[Path], tuple[float, float] | None], path: Path, imports: float) -> Measured:
    start, processor = time.perf_counter(), time.process_time()
    own = function(path)
    processor = time.process_time() - processor
    seconds, megabytes = own or (time.perf_counter() - start, 0.0)
    return Measured(seconds, megabytes or _peak(), imports, processor)


if __name__ == "__main__":
    _work(*sys.argv[1:])
