"""What do handouts cost? Processor time of making them all, beside what nobody can do without, and stock nbconvert.

The floor is what must be imported by anyone who uses nbconvert, ipywidgets and matplotlib, and each figure drawn once.
Everything is measured in processes of its own, turn by turn. Only ratios within one run mean anything.
"""

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from course import content

ROOT = Path(__file__).resolve().parent.parent
RUNS = 5
NUMBERS = 10, 50
COPIED = ("01_avhengighet", "02_belonningssystemet", "03_rop")  # modules that gather nothing from others
SET_UP = f"import sys; sys.path[:0] = {[str(ROOT), str(ROOT / 'build')]!r}; sys.modules['rfc3987_syntax'] = None\n"
FLOOR = """
import json, time
import nbconvert, ipywidgets, matplotlib.figure
bare = time.process_time()
from widgets import figures
draw, waiting = figures.draw, []
def later(make, alt, *size):
    waiting.append((make, alt, *size))
    return figures.Figure('<svg xmlns="http://www.w3.org/2000/svg"/>', alt)
figures.draw = later  # before the other files take it over
import handout
handout.make(out=sys.argv[1])
begun = time.process_time()
for each in waiting:
    draw(*each)
print(json.dumps([bare, time.process_time() - begun, len(waiting)]))
"""
MADE = """
from pathlib import Path
from course import content
content.CONTENT, content.MODULES = Path(sys.argv[1], "content"), Path(sys.argv[1], "modules")
import handout
handout.make(out=sys.argv[2])
"""


@dataclass(frozen=True)
class Cost:
    """What a process cost: seconds of processor and of clock, and MiB at its largest. Its children count as well."""

    processor: float
    clock: float
    memory: float


def main() -> None:
    """Print the costs and ratios."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NYKURS_DATA"] = str(Path(folder, "data"))
        compare(Path(folder))
        grow(Path(folder))


def compare(folder: Path) -> None:
    """The floor, cold, with figures from before, and with nothing to do; then the stock way."""
    names = content.names()
    bare, drawing, figures, cold, warm, idle = ([] for _ in range(6))
    for number in range(RUNS):
        out = folder / f"made-{number}"
        said = json.loads(python(FLOOR, folder / f"floor-{number}")[1])
        for kept, value in zip((bare, drawing, figures), said, strict=True):
            kept.append(value)
        cold.append(handouts(out))
        (out / ".cache" / "record.json").unlink()
        warm.append(handouts(out))
        idle.append(handouts(out))
    imports, floor = min(bare), min(bare) + min(drawing)
    spent, again = least(cold), least(warm)
    print(f"{len(names)} modules for two audiences, {figures[0]} figures, {RUNS} runs, seconds of processor (least)")
    print(f"bare imports             {imports:5.2f}")
    print(f"and the figures once     {floor:5.2f}")
    print(f"all handouts, cold       {spent:5.2f}  = {spent / floor:.2f} of imports and figures (aim: at most 1.5)")
    print(f"with figures from before {again:5.2f}  = {again / imports:.2f} of the imports (aim: at most 2.5)")
    clock = statistics.median(each.clock for each in idle)
    print(f"nothing changed          {least(idle):5.2f}, {clock:.2f} s on the clock (aim: under 1 with the door below)")
    print(f"the door before it       {door():5.2f} s on the clock")
    stock = statistics.median(stock_way(name, folder) for name in names)
    each = spent / len(names)
    print(f"stock nbconvert, each    {stock:5.2f}  = {stock / each:.1f} times ours ({each:.2f}) (aim: at least 12)")


def least(costs: list[Cost]) -> float:
    """The least processor time: whatever else the machine does only adds to it."""
    return min(each.processor for each in costs)


def grow(folder: Path) -> None:
    """How time and memory grow with the number of modules."""
    found = []
    for number in NUMBERS:
        course = generated(folder / f"course-{number}", number)
        found.append(python(MADE, course, folder / f"grown-{number}")[0])
        print(f"{number} modules: {found[-1].processor:.2f} s of processor, {found[-1].memory:.0f} MiB at the most")
    few, many = found
    more = NUMBERS[1] - NUMBERS[0]
    slope = (many.processor - few.processor) / more
    print(f"slope: {1000 * slope:.0f} ms and {(many.memory - few.memory) / more:.2f} MiB for each module", end="; ")
    print(f"all but the slope of {NUMBERS[1]} modules: {many.processor - NUMBERS[1] * slope:.2f} s")


def generated(folder: Path, number: int) -> Path:
    """A course of so many modules: its own, then copies with figures that are drawn anew."""
    texts, notebooks = folder / "content" / "nb", folder / "modules" / "nb"
    texts.mkdir(parents=True)
    notebooks.mkdir(parents=True)
    for path in (content.CONTENT / "nb").glob("[a-z]*.yaml"):
        (texts / path.name).write_bytes(path.read_bytes())
    (folder / "content" / "schema.json").write_bytes((content.CONTENT / "schema.json").read_bytes())
    own = content.names()
    for place in range(number):
        copied = place >= len(own)
        source = COPIED[place % len(COPIED)] if copied else own[place]
        name = f"{place + 20}_prove" if copied else source
        text = (content.CONTENT / "nb" / f"{source}.yaml").read_text(encoding="utf-8")
        drawn_anew = re.sub(r'alt: "', f'alt: "{place}. ', text)
        (texts / f"{name}.yaml").write_text(drawn_anew, encoding="utf-8")
        notebook = (content.MODULES / "nb" / f"{source}.ipynb").read_text(encoding="utf-8")
        (notebooks / f"{name}.ipynb").write_text(notebook.replace(source, name), encoding="utf-8")
    return folder


def handouts(out: Path) -> Cost:
    """The command, as somebody runs it."""
    return measured([sys.executable, ROOT / "build" / "commands.py", "handouts", "--out", out])[0]


def python(code: str, *arguments: Path) -> tuple[Cost, str]:
    """A piece of code in a fresh process, and what it printed."""
    return measured([sys.executable, "-c", SET_UP + code, *arguments])


def stock_way(name: str, folder: Path) -> float:
    """Seconds of processor that nbconvert's own HTML of one notebook takes, with its kernel."""
    notebook = content.MODULES / "nb" / f"{name}.ipynb"
    command = [sys.executable, "-m", "nbconvert", "--to", "html", "--execute", notebook, "--output-dir", folder]
    return measured(command)[0].processor


def door() -> float:
    """Seconds that `python3 build` takes before a command begins, once its environment is there."""
    code = f"import sys; sys.path.insert(0, {str(ROOT / 'build')!r})\n"
    code += "import environment; list(environment.sources(environment.ROOT))\n"
    code += "environment.fingerprint(environment.ROOT, environment.sources(environment.ROOT))"
    return statistics.median(measured([sys.executable, "-S", "-c", code])[0].clock for _ in range(RUNS))


def measured(command: list) -> tuple[Cost, str]:
    """What a command cost, and what it printed; a command that fails ends the benchmark."""
    places = os.pathsep.join((str(ROOT), str(ROOT / "build")))
    begun = time.perf_counter()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        process = subprocess.Popen(
            command, stdout=said, stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": places}
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        clock = time.perf_counter() - begun
        if process.returncode:
            raise SystemExit(f"failed: {command}")
        said.seek(0)
        return Cost(used.ru_utime + used.ru_stime, clock, used.ru_maxrss / 1024), said.read()


if __name__ == "__main__":
    main()
