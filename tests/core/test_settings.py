"""An unsound installation does not start and says why (S48)."""

import subprocess
import sys
from pathlib import Path

import pytest

from alumni_portal.core.settings import Settings, SettingsError
from tests.support.app import made_app
from tests.support.covers import covers
from tests.support.repository import ROOT

SOUND = {
    "ALUMNI_MODE": "production",
    "ALUMNI_SECRET_KEY": "0123456789abcdef0123456789abcdef",
    "ALUMNI_EXIT_KEY": "fedcba9876543210fedcba9876543210",
    "ALUMNI_BASE_URL": "https://alumni.sundmark.example",
    "ALUMNI_MAIL_URL": "smtp+starttls://post:hemligt@mail.sundmark.example:587",
    "ALUMNI_MAIL_FROM": "Sundmark Alumni <alumni@sundmark.example>",
    "ALUMNI_WORK_DOMAINS": "sundmark.example",
}
BAD = [
    ("MODE", "debug", "demo or production"),
    ("SECRET_KEY", "", "missing or shorter"),
    ("SECRET_KEY", "short", "missing or shorter"),
    ("SECRET_KEY", "demo-0123456789abcdef0123456789abcdef", "made for the demo"),
    ("SECRET_KEY", "a" * 40, "too plain"),
    ("SECRET_KEY", "change-me-change-me-change-me-change-me", "too plain"),
    ("EXIT_KEY", "", "EXIT_KEY is missing"),
    ("EXIT_KEY", "0123456789abcdef0123456789abcdef", "same as the secret"),
    ("BASE_URL", "", "missing or not https"),
    ("BASE_URL", "http://alumni.sundmark.example", "missing or not https"),
    ("BASE_URL", "https://", "names no host"),
    ("MAIL_URL", "", "ALUMNI_MAIL_URL"),
    ("MAIL_URL", "mail.sundmark.example", "ALUMNI_MAIL_URL"),
    ("BASE_URL", "https://user:word@alumni.sundmark.example", "scheme and host only"),
    ("BASE_URL", "https://alumni.sundmark.example/portal?x=1", "scheme and host only"),
    ("MAIL_URL", "smtp://", "names no host"),
    ("MAIL_URL", "file:///tmp/letters", "for the demo"),
    ("MAIL_FROM", "Sundmark", "ALUMNI_MAIL_FROM"),
    ("MAIL_FROM", "@", "ALUMNI_MAIL_FROM"),
    ("MAIL_FROM", "alumni@sundmark.example\r\nBcc: all@evil.example", "ALUMNI_MAIL_FROM"),
    ("TRUSTED_HOSTS", "*", "TRUSTED_HOSTS"),
    ("TRUSTED_HOSTS", "alumni.sundmark.example,*", "TRUSTED_HOSTS"),
    ("TRUSTED_HOSTS", "other.sundmark.example", "does not hold the host"),
    ("PROXY_HOPS", "many", "PROXY_HOPS"),
    ("PROXY_HOPS", "99", "PROXY_HOPS"),
    ("BRAND_HUE", "400", "BRAND_HUE"),
    ("WORK_DOMAINS", "", "WORK_DOMAINS"),
    ("DATABASE_URL", "mysql://localhost/portal", "DATABASE_URL"),
    ("METRICS_TOKEN", "1234", "METRICS_TOKEN"),
    ("MAIL_HOOK_SECRET", "1234", "MAIL_HOOK_SECRET"),
    ("MAIL_BOUNCES", "studs", "MAIL_BOUNCES is neither a domain nor an address"),
    ("MAIL_BOUNCES", "a-very-long-mailbox@sundmark.example", "at most 11 signs"),
    ("MAIL_BOUNCES", "b+c@sundmark.example", "MAIL_BOUNCES"),
    ("DKIM_KEY", "key.pem", "belong together"),
    ("DKIM_SELECTOR", "portal", "belong together"),
]


@pytest.mark.parametrize(("name", "value", "reason"), BAD)
@covers("S48")
def test_an_unsound_setting_is_refused_with_a_reason(name: str, value: str, reason: str) -> None:
    with pytest.raises(SettingsError, match=reason.replace("*", r"\*")):
        Settings.from_env(SOUND | {f"ALUMNI_{name}": value})


def test_sound_settings_are_accepted() -> None:
    settings = Settings.from_env(SOUND)
    assert not settings.is_demo
    assert settings.trusted_hosts == ("alumni.sundmark.example",)
    assert settings.mail_route == "smtp+starttls://mail.sundmark.example"
    assert "hemligt" not in repr(settings)
    assert SOUND["ALUMNI_SECRET_KEY"] not in repr(settings)


def test_every_reason_is_told_at_once() -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_env({})
    assert len(refused.value.reasons) >= 5


@covers("S48")
def test_a_demo_answers_on_this_machine_only() -> None:
    with pytest.raises(SettingsError, match="loopback"):
        Settings.from_env({"ALUMNI_MODE": "demo", "ALUMNI_BASE_URL": "https://sundmark.example"})


@covers("S48")
def test_debugging_is_never_on(tmp_path: Path) -> None:
    env = SOUND | {"ALUMNI_INSTANCE": str(tmp_path), "FLASK_DEBUG": "1"}
    with made_app(Settings.from_env(env)) as app:
        assert not app.debug
        assert not app.config.get("DEBUG")


@covers("S48")
@pytest.mark.parametrize(("name", "value"), [("SECRET_KEY", "short"), ("BASE_URL", "http://x")])
def test_the_command_ends_with_the_reason(name: str, value: str, tmp_path: Path) -> None:
    env = SOUND | {f"ALUMNI_{name}": value, "ALUMNI_INSTANCE": str(tmp_path), "PATH": "/usr/bin"}
    told = subprocess.run(
        [Path(sys.executable).with_name("alumni-portal"), "jobs", "list"],
        env=env,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode != 0
    assert f"ALUMNI_{name}" in told.stderr
    assert "Traceback" not in told.stderr


def test_the_table_of_settings_is_the_code() -> None:
    parts = ("settings", "posting", "mail_identity")
    code = "".join(
        (ROOT / f"alumni_portal/core/{one}.py").read_text(encoding="utf-8") for one in parts
    )
    page = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    rows = {
        line.split("`")[1].removeprefix("ALUMNI_")
        for line in page.splitlines()
        if line.startswith("| `ALUMNI_")
    }
    assert rows
    assert not [name for name in rows if f'"{name}"' not in code], "described and not there"
