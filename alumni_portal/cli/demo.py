"""Commands for the demo: bring Sundmark up, throw it away and invent it anew."""

import shutil
import socket
from pathlib import Path
from urllib.parse import urlsplit

import click
import flask_migrate
import waitress
from flask import Flask
from sqlalchemy import MetaData, select

from alumni_portal.app import create_app
from alumni_portal.core.audit import AuditEntry
from alumni_portal.core.db import db
from alumni_portal.core.jobs.running import Pool
from alumni_portal.core.paths import resource
from alumni_portal.core.settings import Settings, SettingsError
from alumni_portal.demo import install, seeding
from alumni_portal.demo.characters import ACCOUNTS, PASSWORD
from alumni_portal.people.models import Person

_HOST = "127.0.0.1"
_PORT = click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))


@click.group()
def demo() -> None:
    """Bring the fictional employer Sundmark up on this machine."""


@demo.command()
@_PORT
@click.option("--no-serve", is_flag=True, help="Make the database ready and end.")
def up(port: int, *, no_serve: bool) -> None:
    """Migrate, invent Sundmark when nobody is there, then serve and work in one process."""
    if not no_serve and not _is_free(port):
        raise click.ClickException(
            f"Port {port} is taken, perhaps by a demo that already runs."
            f" Stop that one, or choose another: make demo PORT={port + 1}"
        )
    app = _demo_app(port)
    with app.app_context():
        _migrate()
        if seeding.is_empty():
            click.echo("Inventing Sundmark …")
            seeding.seed(say=lambda line: click.echo(f"  {line}"))
    _greet(app)
    if not no_serve:
        _serve(app, port)


@demo.command()
@_PORT
def reset(port: int) -> None:
    """Throw the invented people and their letters away and invent them anew."""
    app = _demo_app(port)
    settings = _settings_of(app)
    with app.app_context():
        if not _is_ours():
            raise click.ClickException("This database holds other people than Sundmark's. Kept.")
        _drop_everything()
        shutil.rmtree(_mail_folder(settings), ignore_errors=True)
        _migrate()
        seeding.seed(say=click.echo)


def _demo_app(port: int) -> Flask:
    here = {"MODE": "demo", "BASE_URL": f"http://{_HOST}:{port}"}
    try:
        settings = Settings.from_env(unless_given=here)
    except SettingsError as error:
        raise click.ClickException("\n".join(error.reasons)) from error
    if not settings.is_demo:
        raise click.ClickException("ALUMNI_MODE is production here; the demo keeps out of it.")
    app = create_app(settings)
    install(app)
    return app


def _settings_of(app: Flask) -> Settings:
    found: Settings = app.extensions["alumni_portal.settings"]
    return found


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_HOST, port))
        except OSError:
            return False
    return True


def _migrate() -> None:
    flask_migrate.upgrade(str(resource("migrations")))


def _is_ours() -> bool:
    """Say whether the database is empty or was filled by the demo itself."""
    known = _tables()
    if not {"person", "audit_entry"} <= known:
        return not known - {"alembic_version"}
    if db.session.scalar(select(Person.id).limit(1)) is None:
        return True
    seeded = select(AuditEntry.seq).where(AuditEntry.action == seeding.SEEDED)
    return db.session.scalar(seeded.limit(1)) is not None


def _tables() -> set[str]:
    found = MetaData()
    found.reflect(db.engine)
    return set(found.tables)


def _drop_everything() -> None:
    db.session.remove()
    found = MetaData()
    found.reflect(db.engine)
    found.drop_all(db.engine)


def _mail_folder(settings: Settings) -> Path:
    url = urlsplit(settings.mail_url)
    return Path(url.path) if url.scheme == "file" else settings.instance / "mail"


def _greet(app: Flask) -> None:
    settings = _settings_of(app)
    click.echo(f"\n  {settings.brand_name} Alumni is on {settings.base_url}")
    click.echo(
        f"  Letters land in {_mail_folder(settings)}, shown at {settings.base_url}/dev/mail\n"
    )
    width = max(len(account.address) for account in ACCOUNTS)
    for account in ACCOUNTS:
        click.echo(f"  {account.address:{width}}  {account.shows}")
    click.echo(f"\n  The password is {PASSWORD} for all of them. Ctrl-C ends the demo.\n")


def _serve(app: Flask, port: int) -> None:
    pool = Pool(app, workers=2)
    pool.start()
    try:
        waitress.serve(app, host=_HOST, port=port, threads=8, ident=None)
    finally:
        pool.stop()
