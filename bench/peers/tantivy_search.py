"""Tantivy, embedded, over the same people: text, a count, 25 rows by rank and the facets' counts.

Run by bench/search.py in an environment of its own: tantivy_search.py FOLDER CLASS=word|word ...;
prints cpu seconds as JSON, a list per class. FOLDER holds people.json, one row per employment:
[id, name, headline, titles, skills, about, unit, city, level, year, skill ids].
"""

import json
import sys
import time
from pathlib import Path

import tantivy

folder = Path(sys.argv[1])
FACETS = ["unit", "city", "level", "year", "skill"]
builder = tantivy.SchemaBuilder()
builder.add_text_field("body", tokenizer_name="default")
for facet in FACETS:
    builder.add_text_field(facet, tokenizer_name="raw", fast=True)
index = tantivy.Index(builder.build())


def fill() -> None:
    writer = index.writer(heap_size=128_000_000, num_threads=1)
    people: dict[int, dict[str, set[str]]] = {}
    for row in json.loads((folder / "people.json").read_text()):
        key, *texts = row[:6]
        unit, city, level, year, skills = row[6:]
        person = people.setdefault(key, {name: set() for name in ("body", *FACETS)})
        person["body"] |= {str(one) for one in texts}
        values = zip(FACETS, [[unit], [city], [level], [year], str(skills).split()], strict=True)
        for name, some in values:
            person[name] |= {str(one) for one in some}
    for person in people.values():
        writer.add_document(tantivy.Document(**{k: sorted(v) for k, v in person.items()}))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()


def best_of(query: tantivy.Query, times: int = 5) -> float:
    searcher, took = index.searcher(), []
    counts = {name: {"terms": {"field": name, "size": 10}} for name in FACETS}
    for _ in range(times):
        begun = time.process_time()
        searcher.search(query, limit=25, count=True)
        searcher.aggregate(query, counts)
        took.append(time.process_time() - begun)
    return min(took)


fill()
found = {"all": [best_of(tantivy.Query.all_query())]}
for argument in sys.argv[2:]:
    name, _, words = argument.partition("=")
    found[name] = [
        best_of(index.parse_query(" AND ".join(f"body:{word}" for word in one.split())))
        for one in words.split("|")
    ]
print(json.dumps(found))
