"""Words per second of Propos beside the bare spaCy pipeline with the same components: ``python benchmarks/throughput.py``.

Rounds alternate (bare, Propos, bare, Propos, …) and the medians are compared, so that whatever else the machine does
hits both. Times are CPU seconds of one process with one BLAS thread: on an idle machine, seconds of the clock.
"""

# ruff: noqa: E402, S603 (BLAS reads its threads when NumPy is loaded; the processes started are this file and Python)
from __future__ import annotations

import os

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[_name] = "1"

import argparse
import gc
import json
import resource
import subprocess
import sys
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from statistics import median
from types import ModuleType
from typing import ParamSpec, TypeVar

from propos import Document, Reader, Settings
from propos.reading import mentions, models, parse, times
from propos.reading.actors import linking
from propos.reading.attribution import assemble, finish
from propos.reading.events import assemble as happenings
from propos.reading.events import sites

P = ParamSpec("P")
T = TypeVar("T")
ROOT = Path(__file__).resolve().parents[1]
DISPATCHES = ROOT / "examples"
ARTICLES = ROOT.parent / "shared" / "corpus" / "agency.jsonl"
SAMPLE = 300
REPEATS = 40
LEAST_RATIO = 0.80

STAGES: tuple[tuple[str, ModuleType, tuple[str, ...]], ...] = (
    ("layout", parse, ("lay_out", "to_doc")),
    ("columns", parse, ("from_doc",)),
    ("attribution", assemble, ("find",)),
    ("event words", sites, ("find", "pointers")),
    ("mentions", mentions, ("find",)),
    ("actors", linking, ("link",)),
    ("times", times, ("find",)),
    ("statements", finish, ("inherit", "statements", "dated")),
    ("events", happenings, ("find",)),
)
"""The stages of the pipeline: name, module, functions whose time is theirs. The rest of the whole is spaCy's."""


@dataclass(frozen=True)
class Corpus:
    """Documents to be read, and how many words they have (runs of characters between white space)."""

    name: str
    documents: list[Document]
    words: int


class Clock:
    """CPU seconds spent in the stages of one round."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)

    def watch(self) -> None:
        """Put a stopwatch around every stage, once for the life of the process: a few calls a document."""
        for stage, module, names in STAGES:
            for name in names:
                setattr(module, name, self._timed(stage, getattr(module, name)))

    def _timed(self, stage: str, function: Callable[P, T]) -> Callable[P, T]:
        @wraps(function)
        def timed(*args: P.args, **kwargs: P.kwargs) -> T:
            begun = time.process_time()
            try:
                return function(*args, **kwargs)
            finally:
                self.spent[stage] += time.process_time() - begun

        return timed


@dataclass(frozen=True)
class Result:
    """Median CPU seconds over all rounds of one corpus."""

    corpus: Corpus
    bare: float
    whole: float
    stages: dict[str, float]
    ratio: float


def corpora(articles: Path) -> list[Corpus]:
    """The repository's dispatches, repeated, and a fixed sample of the articles where they are present."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(DISPATCHES.rglob("*.txt"))]
    found = [_corpus("dispatches", texts * REPEATS)]
    if articles.exists():
        lines = articles.read_text(encoding="utf-8").splitlines()
        chosen = lines[:: max(1, len(lines) // SAMPLE)][:SAMPLE]
        found.append(_corpus("articles", [json.loads(line)["text"] for line in chosen]))
    return found


def _corpus(name: str, texts: list[str]) -> Corpus:
    documents = [Document(text, id=str(number)) for number, text in enumerate(texts)]
    return Corpus(name, documents, sum(len(text.split()) for text in texts))


def seconds(work: Iterable[object]) -> float:
    """CPU seconds to run through ``work``, its results thrown away one by one."""
    gc.collect()
    begun = time.process_time()
    deque(work, maxlen=0)
    return time.process_time() - begun


def bare_work(settings: Settings) -> Callable[[Corpus], Iterable[object]]:
    """The spaCy pipeline alone on the raw texts: same model, components and batch size, as spaCy loads it."""
    import spacy

    nlp = spacy.load(settings.model, exclude=list(models.UNUSED))
    return lambda corpus: nlp.pipe((d.text for d in corpus.documents), batch_size=settings.batch_size)


def whole_work(settings: Settings) -> Callable[[Corpus], Iterable[object]]:
    """Propos from documents to records."""
    reader = Reader(settings)
    return lambda corpus: reader.read_many(corpus.documents)


def measure(corpus: Corpus, rounds: int, settings: Settings, clock: Clock) -> Result:
    """Alternate the bare pipeline and Propos, one unmeasured round first (both keep what they have seen)."""
    bare, whole = bare_work(settings), whole_work(settings)
    seconds(bare(corpus))
    seconds(whole(corpus))
    alone, together, stages = [], [], defaultdict(list)
    for _ in range(rounds):
        alone.append(seconds(bare(corpus)))
        clock.spent.clear()
        together.append(seconds(whole(corpus)))
        for stage, _, _ in STAGES:
            stages[stage].append(clock.spent[stage])
        stages["spaCy on the layout"].append(together[-1] - sum(clock.spent.values()))
    ratio = median(one / other for one, other in zip(alone, together, strict=True))
    return Result(corpus, median(alone), median(together), {k: median(v) for k, v in stages.items()}, ratio)


def table(result: Result) -> str:
    """The lines of one corpus: seconds, share of the whole, words per second."""
    lines = [f"{result.corpus.name}: {len(result.corpus.documents)} documents, {result.corpus.words:,} words"]
    parse_stage = result.stages["layout"] + result.stages["spaCy on the layout"] + result.stages["columns"]
    rows = {"bare spaCy": result.bare, "parse stage": parse_stage}
    rows |= {f"  {stage}": spent for stage, spent in result.stages.items()}
    for name, spent in (rows | {"Reader.read_many": result.whole}).items():
        speed = f"{result.corpus.words / spent:>12,.0f}" if spent else f"{'-':>12}"
        lines.append(f"  {name:24}{spent:8.2f} s{spent / result.whole:8.0%}{speed} words/s")
    verdict = "reached" if result.ratio >= LEAST_RATIO else "missed"
    lines.append(f"  whole / bare: {result.ratio:.2f} (at least {LEAST_RATIO:.2f}: {verdict})")
    return "\n".join(lines)


def peak(part: str, articles: Path) -> float:
    """Peak memory in MB of a process that does only ``part``, once."""
    command = [sys.executable, __file__, "--only", part, "--articles", str(articles)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def alone(part: str, articles: Path) -> float:
    """Do ``part`` of the largest corpus and return this process's peak memory in MB."""
    work = {"bare": bare_work, "whole": whole_work}[part](Settings())
    seconds(work(corpora(articles)[-1]))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def start_up(command: list[str]) -> float:
    """Seconds of the clock that a command takes, best of ten."""

    def once() -> float:
        begun = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        return time.perf_counter() - begun

    return min(once() for _ in range(10))


def starts() -> dict[str, float]:
    """Start-up times by what is started; Python's own beside them."""
    python = [sys.executable, "-c"]
    helped = "import sys; from propos.cli.main import main; sys.argv = ['propos', '--help']; main()"
    return {
        "python": start_up([*python, "pass"]),
        "import propos": start_up([*python, "import propos"]),
        "propos --help": start_up([*python, helped]),
    }


def main() -> None:
    """Measure, print the table, write the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--articles", type=Path, default=ARTICLES, help="JSON Lines with a text in each line")
    parser.add_argument("--json", type=Path, help="write the ratios to this file")
    parser.add_argument("--only", choices=("bare", "whole"), help="print the peak memory of one part and stop")
    options = parser.parse_args()
    if options.only:
        print(f"{alone(options.only, options.articles):.0f}")
        return
    # Before anything else: Linux counts what this process holds into the peak of those it starts.
    memory = {part: peak(part, options.articles) for part in ("bare", "whole")}
    clock = Clock()
    clock.watch()
    results = []
    for corpus in corpora(options.articles):
        results.append(measure(corpus, options.rounds, Settings(), clock))
        print(table(results[-1]), flush=True)
    print(f"peak memory: bare spaCy {memory['bare']:.0f} MB, Propos {memory['whole']:.0f} MB")
    started = starts()
    print("start-up: " + ", ".join(f"{name} {spent:.2f} s" for name, spent in started.items()))
    print(f"load of the machine (1 minute, {os.cpu_count()} cores): {os.getloadavg()[0]:.1f}")
    if options.json:
        ratios = {result.corpus.name: round(result.ratio, 3) for result in results}
        figures = {"ratio": ratios, "memory_mb": memory, "start_up_s": started}
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
