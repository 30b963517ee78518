"""Returned mail is read from any file, with what waits told."""

import json
from pathlib import Path

import pytest
from flask import Flask

from alumni_portal.bounces.services.mailboxes import mails_in
from alumni_portal.cli.bounces import bounces
from alumni_portal.mail.queries import is_suppressed
from tests.bounces.making import Sent, sent, with_bounces
from tests.bounces.samples import AUTO_REPLY, DSN, written
from tests.support.make import Make

ONE, TWO = b"Subject: 1\n\nFrom here\n\n", b"Subject: 2\n\nb\n"
BOX = b"From x Sat Nov 28\n" + ONE.replace(b"From", b">From") + b"From x Sat Nov 28\n" + TWO


@pytest.fixture
def news(app: Flask, make: Make) -> Sent:
    with_bounces(app)
    with app.app_context():
        return sent(make)


def test_many_mails_in_one_file(tmp_path: Path) -> None:
    (tmp_path / "box").write_bytes(BOX)
    assert list(mails_in(tmp_path / "box")) == [ONE, TWO]


@pytest.mark.parametrize("folders", [["."], ["new", "cur", "tmp"]], ids=["folder", "maildir"])
def test_folders(tmp_path: Path, folders: list[str]) -> None:
    for folder in folders:
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / "1.eml").write_bytes(folder.encode())
    found = list(mails_in(tmp_path))
    assert found == [name.encode() for name in folders if name != "tmp"]


def test_an_empty_file_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(b"")
    assert list(mails_in(tmp_path / "empty")) == []


def test_the_command_reads_a_folder(app: Flask, news: Sent, tmp_path: Path) -> None:
    with app.app_context():
        to = f"{news.local()}@studs.sundmark.example"
    (tmp_path / "1.eml").write_bytes(written(DSN, to=to))
    (tmp_path / "2.eml").write_bytes(written(AUTO_REPLY))
    (tmp_path / "notes.txt").write_bytes(b"nothing that came back")
    run = app.test_cli_runner().invoke(bounces, ["read", str(tmp_path), "--json"])
    assert run.exit_code == 0, run.output
    assert json.loads(run.output) == {"read": 2, "bounce": 1, "auto_reply": 1, "waits": 0}
    with app.app_context():
        assert is_suppressed("anna0@post.example"), "a mark in its head is as good as the envelope"


def test_the_command_tells_what_waits(app: Flask, news: Sent) -> None:
    runner = app.test_cli_runner()
    run = runner.invoke(bounces, ["read", "-"], input=b"Subject: Hej\n\nSluta skriva!\n")
    assert (run.exit_code, run.output) == (1, "1 read, 1 unreadable, 1 waits\n")
    assert runner.invoke(bounces, ["read", "/no/such/file"]).exit_code == 2


def test_nobody_listens_where_nothing_comes_back(app: Flask) -> None:
    run = app.test_cli_runner().invoke(bounces, ["listen"])
    assert run.exit_code == 2
    assert "ALUMNI_MAIL_BOUNCES" in run.output
