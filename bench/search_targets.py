"""The targets of the search's design, as a table: what is compared with what, and the goal."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

Measured = dict[str, Any]
TEXTS = ("broad", "two", "name", "employer")


def _of(name: str) -> Callable[[Measured], float]:
    return lambda found: median(found[name])


def _page_per_ids(found: Measured) -> list[float]:
    return [median(found[f"page {name}"]) / median(found[f"ids {name}"]) for name in TEXTS]


def _growth(name: str) -> Callable[[Measured], float]:
    return lambda found: _of(f"page {name}")(found) / _of(f"page {name}")(found["small"])


def _against(peer: str, name: str, *, scale: float = 1000) -> Callable[[Measured], float]:
    """Return our page data against a peer, whose figures are seconds."""
    return lambda found: _of(f"page {name}")(found) / (scale * _of(peer)(found))


@dataclass(frozen=True)
class Target:
    """One line of the design: measured at most, or at least, the goal."""

    name: str
    measure: Callable[[Measured], float]
    goal: float
    at_least: bool = False
    #: Without this figure the target is not judged.
    needs: str = ""


TARGETS = (
    Target(
        "1  page data / bare ids, median of text classes", lambda f: median(_page_per_ids(f)), 2
    ),
    Target("1  the same, worst class", lambda f: max(_page_per_ids(f)), 3.5),
    Target(
        "2  one GROUP BY per facet / page data",
        lambda f: _of("naive broad")(f) / _of("page broad")(f),
        30,
        at_least=True,
        needs="naive broad",
    ),
    Target(
        "3  page data / Tantivy, one word",
        _against("tantivy broad", "broad"),
        1.5,
        needs="tantivy broad",
    ),
    Target("3  the same, two words", _against("tantivy two", "two"), 1.5, needs="tantivy two"),
    Target("3  the same, facets only", _against("tantivy all", "facets"), 3.5, needs="tantivy all"),
    Target("4  html of a whole request / hello, cpu", lambda f: f["html cpu"] / f["hello cpu"], 20),
    Target(
        "5  rows of a page beside the pipeline, ms",
        lambda f: _of("rows broad")(f) - _of("page broad")(f),
        2.5,
    ),
    Target(
        "6  requests/s of hello kept by the page, % (by cpu)",
        lambda f: 100 * f["hello cpu"] / f["html cpu"],
        7,
        at_least=True,
    ),
    Target(
        "7  Django admin ?q= / our page",
        lambda f: 1000 * _of("django search")(f) / f["html"],
        50,
        at_least=True,
        needs="django search",
    ),
    Target(
        "7  Django admin with facets / our page",
        lambda f: 1000 * _of("django facets")(f) / f["html"],
        100,
        at_least=True,
        needs="django facets",
    ),
    Target("8  broad, growth from the smallest size", _growth("broad"), 80),
    Target("8  name, growth", _growth("name"), 5),
    Target("8  page 101 / page 1", lambda f: f["page 101"] / _of("page facets")(f), 1.2),
    Target("10 save a profile with its document, ms", lambda f: f["save"], 1),
    Target("11 typeahead, ms", lambda f: f["suggest"], 1),
    Target("11 compounds and slips, ms", lambda f: f["correct"], 3),
)


def judged(found: Measured) -> Iterator[tuple[str, float, str, bool]]:
    """Yield each target that can be judged: name, what was measured, goal, whether it holds."""
    for one in TARGETS:
        if not one.needs or one.needs in found:
            value = one.measure(found)
            holds = value >= one.goal if one.at_least else value <= one.goal
            yield one.name, value, f"{'≥' if one.at_least else '≤'} {one.goal:g}", holds
