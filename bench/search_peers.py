"""The search's peers, each in a process and an environment of its own, over the same people."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import text

from alumni_portal.core.db import db

ROOT = Path(__file__).resolve().parents[1]
PEERS = ROOT / "build/peers"
FLAT = """
SELECT p.id, p.first_name || ' ' || p.last_name, r.headline, e.title || ' ' || r.now_title,
  (SELECT group_concat(k.name, ' ') FROM person_skill s JOIN skill k ON k.id = s.skill_id
   WHERE s.person_id = p.id),
  r.about, e.unit_id, r.city, i.level, strftime('%Y', e.ends_on),
  (SELECT group_concat(s.skill_id, ' ') FROM person_skill s WHERE s.person_id = p.id)
FROM person p JOIN profile r ON r.person_id = p.id JOIN employment e ON e.person_id = p.id
JOIN interest i ON i.person_id = p.id
"""


def asked_of_django(folder: Path, words: list[str]) -> dict[str, Any]:
    """Return seconds of Django's admin for the same words; nothing when it cannot be had."""
    told = _asked(folder, "django", "django_admin.py", words)
    return {f"django {name}": told[name] for name in ("search", "facets")} if told else {}


def asked_of_tantivy(folder: Path, words: dict[str, list[str]]) -> dict[str, Any]:
    """Return seconds of Tantivy for the same words by class; nothing when it cannot be had."""
    given = [f"{name}={'|'.join(some)}" for name, some in words.items()]
    told = _asked(folder, "tantivy", "tantivy_search.py", given)
    return {f"tantivy {name}": some for name, some in told.items()}


def _asked(folder: Path, package: str, script: str, arguments: list[str]) -> dict[str, Any]:
    python = PEERS / "bin/python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(PEERS)], check=True)
    got = subprocess.run([python, "-m", "pip", "install", "-q", package], check=False)
    if not got.returncode:
        rows = db.session.execute(text(FLAT))
        (folder / "people.json").write_text(json.dumps([[v or "" for v in row] for row in rows]))
        path = ROOT / "bench/peers" / script
        told = subprocess.run(
            [python, path, folder, *arguments], check=False, capture_output=True, text=True
        )
        if told.returncode == 0:
            answer: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
            return answer
        print(told.stderr[-500:])
    print(f"  not measured: {package} could not be had")
    return {}
