"""What import-linter cannot say: privacy of the same slice, and walls to slices not yet built."""

import tomllib
from functools import cache

import grimp
import pytest

from tests.support.repository import PACKAGE, ROOT, listing, slices

#: A slice's own; others meet it through services, queries, access, models and facts.
PRIVATE = {"views", "forms", "emails", "jobs", "rules", "panels", "personal_data"}
#: Those that know every slice.
TOP = {"app", "wiring", "schedule", "cli", "demo", "wsgi"}
#: The first may not reach any of the second, directly or through anything.
EXITS = frozenset({"exit_interviews", "insights"})
WALLS = {
    "applications": EXITS,
    "audiences": EXITS,
    "network": EXITS,
    "openings": EXITS,
    "priority": EXITS | {"consents", "network", "audiences"},
    "programme": frozenset({"exit_interviews"}),
    "referrals": EXITS,
    "rehire": EXITS,
}


@cache
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("alumni_portal", cache_dir=None)


def is_foreign(importer: str, imported: str) -> bool:
    """Say whether one module reaches into the private part of another slice."""
    mine, yours = importer.split("."), imported.split(".")
    if len(yours) < 3 or yours[1] == "core" or yours[2] not in PRIVATE:
        return False
    return mine[1] != yours[1] and mine[1] not in TOP


def test_a_slice_keeps_its_views_forms_letters_jobs_and_rules_to_itself() -> None:
    foreign = [
        f"{importer} imports {imported}"
        for importer in graph().modules
        for imported in graph().find_modules_directly_imported_by(importer)
        if is_foreign(importer, imported)
    ]
    assert not foreign, listing(foreign)


@pytest.mark.parametrize("side", sorted(WALLS))
def test_no_import_climbs_over_a_wall(side: str) -> None:
    built = {name for name in (side, *WALLS[side]) if (PACKAGE / name).is_dir()}
    ways = [
        " → ".join(chain)
        for other in built - {side}
        if side in built
        for chain in graph().find_shortest_chains(f"alumni_portal.{side}", f"alumni_portal.{other}")
    ]
    assert not ways, listing(ways)


def test_a_wall_is_noticed_when_it_is_climbed() -> None:
    """The look-out itself works: `people` stands on `core`."""
    assert graph().find_shortest_chains("alumni_portal.people", "alumni_portal.core")


def test_every_built_slice_has_the_inner_layers_contract() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {c["name"]: c for c in settings["tool"]["importlinter"]["contracts"]}
    named = contracts["Inside a slice, imports point inwards"]["containers"]
    assert sorted(named) == [f"alumni_portal.{name}" for name in slices()]
