"""Run measurements: `python -m bench [NAME] […]`, more goes to it; without a name all of them."""

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
NAMES = ("import", "insights", "mail", "pages", "search", "waiting")


def main() -> int:
    """Run one measurement with its arguments, or all of them; 1 when a goal was missed."""
    given = sys.argv[1:]
    wanted = [given] if given and given[0] in NAMES else [[name, *given] for name in NAMES]
    codes = [
        subprocess.run([sys.executable, FOLDER / f"{name}.py", *more], check=False).returncode
        for name, *more in wanted
    ]
    return max(codes, default=0)


if __name__ == "__main__":
    sys.exit(main())
