"""New sentences per CPU second: rules alone, and rules, model and facts together.

    python bench/classification.py FILE.jsonl [ROWS]

FILE holds a JSON object with a "text" a line.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from clauses.core.classify import classify_types
from clauses.core.read import read_clause
from clauses.core.taxonomy import shipped_taxonomy
from clauses.core.values import Passage


def main() -> None:
    """Print the figures of one file."""
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").split("\n")
    texts = [json.loads(line)["text"] for line in lines if line.strip()][:rows]
    taxonomy = shipped_taxonomy()
    began = time.process_time()
    taxonomy.model()
    print(f"model read in {time.process_time() - began:.2f} s")
    alone = replace(taxonomy, model=lambda: None)
    _measure("rules alone", texts, lambda passage: classify_types(passage, taxonomy))
    _measure("rules, facts and severity", texts, lambda passage: read_clause(passage, alone))
    _measure("rules, model, facts and severity", texts, lambda passage: read_clause(passage, taxonomy))


def _measure(name: str, texts: list[str], read: Callable[[Passage], object]) -> None:
    began = time.process_time()
    for text in texts:
        read(Passage.alone(text))
    print(f"{name}: {len(texts) / (time.process_time() - began):.0f} sentences per CPU second")


if __name__ == "__main__":
    main()
