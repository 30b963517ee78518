"""`demo up` and `demo reset`: plain sentences, never somebody else's people."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from alumni_portal.cli.demo import demo
from alumni_portal.core.db import db
from alumni_portal.people.models import Person
from tests.support.app import SECRET, made_app, migrate, settings_for
from tests.support.repository import ROOT


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("MODE", "DATABASE_URL", "BASE_URL", "MAIL_URL"):
        monkeypatch.delenv(f"ALUMNI_{name}", raising=False)
    monkeypatch.setenv("ALUMNI_INSTANCE", str(tmp_path))
    monkeypatch.setenv("ALUMNI_SECRET_KEY", SECRET)
    monkeypatch.chdir(ROOT)
    return tmp_path


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        yield holder.getsockname()[1]


def run(*words: str) -> Result:
    return CliRunner().invoke(demo, words)


def test_a_taken_port_is_told_in_a_sentence(instance: Path, taken_port: int) -> None:
    result = run("up", "--port", str(taken_port))
    assert result.exit_code == 1
    assert f"Port {taken_port} is taken" in result.output
    assert f"make demo PORT={taken_port + 1}" in result.output
    assert not list(instance.glob("*.sqlite3"))


def test_up_tells_where_who_and_how_and_seeds_once(instance: Path) -> None:
    first, second = run("up", "--no-serve", "--port", "8123"), run("up", "--no-serve")
    assert first.exit_code == second.exit_code == 0, first.output
    assert "http://127.0.0.1:8123/dev/mail" in first.output
    assert "alumn@sundmark.example" in first.output
    assert "demo-sundmark" in first.output
    assert "Inventing" in first.output
    assert "Inventing" not in second.output


def test_the_demo_keeps_out_of_production(instance: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in PRODUCTION.items():
        monkeypatch.setenv(f"ALUMNI_{name}", value)
    for word in ("up", "reset"):
        result = run(word)
        assert result.exit_code == 1
        assert "production" in result.output


PRODUCTION = {
    "MODE": "production",
    "SECRET_KEY": "9f2c41d07be85a36c1e04d7fa28b6359d0e7148c",
    "EXIT_KEY": "0d8f4be27c61935ae8d1b5047f2c9a63e40b71d8",
    "BASE_URL": "https://alumni.company.example",
    "MAIL_URL": "smtp://relay.company.example",
    "MAIL_FROM": "alumni@company.example",
    "WORK_DOMAINS": "company.example",
}


def test_an_address_of_a_database_alone_starts_no_demo_in_it(
    instance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALUMNI_DATABASE_URL", f"sqlite:///{instance / 'other.sqlite3'}")
    result = run("up", "--no-serve")
    assert result.exit_code == 1
    assert "ALUMNI_MODE=demo" in result.output
    assert not (instance / "other.sqlite3").exists()


def test_reset_keeps_people_that_the_demo_did_not_invent(
    instance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{instance / 'portal.sqlite3'}"
    migrate(url)
    with made_app(settings_for(url, instance)) as app, app.app_context():
        person = Person(language="sv")
        person.call("Riktig", "Människa")
        db.session.add(person)
        db.session.commit()
    monkeypatch.setenv("ALUMNI_MODE", "demo")
    result = run("reset")
    assert result.exit_code == 1
    assert "Kept" in result.output
