"""Kills a build at random moments, runs it again, and compares the bytes: `python bench/kill.py`.

python bench/kill.py [RECIPE] [--kills 20] [--seed 1]
"""

import argparse
import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def digest(root: Path) -> str:
    """One digest over names and bytes of a folder."""
    whole = hashlib.sha256()
    for path in sorted(p for p in root.rglob("*") if p.is_file()):
        whole.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()


def command(recipe: Path, root: Path, workers: int) -> list[str]:
    """A build with folders of its own."""
    folders = ["--work", str(root / "work"), "--out", str(root / "edition")]
    return [
        *(sys.executable, "-m", "curator", "build", str(recipe)),
        *folders,
        *("--workers", str(workers)),
    ]


def main() -> int:
    """Print one line per kill and the result; exit 1 where the bytes differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recipe", nargs="?", type=Path, default=Path("sources.yaml"))
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)  # noqa: S311  (moments, not secrets)
    environment = os.environ | {"SOURCE_DATE_EPOCH": "1700000000"}
    quiet = {"env": environment, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole"
        began = time.monotonic()
        subprocess.run(command(asked.recipe, whole, 2), check=True, **quiet)  # type: ignore[call-overload]
        duration = time.monotonic() - began
        wanted = digest(whole / "edition")
        print(f"undisturbed: {duration:.1f} s, {wanted[:16]}")
        for number in range(asked.kills):
            root = Path(folder) / f"kill-{number}"
            build = subprocess.Popen(command(asked.recipe, root, 2), **quiet)  # type: ignore[call-overload]
            moment = chance.uniform(0, duration)
            time.sleep(moment)
            build.send_signal(signal.SIGKILL)
            build.wait()
            subprocess.run(command(asked.recipe, root, 2), check=True, **quiet)  # type: ignore[call-overload]
            same = digest(root / "edition") == wanted
            wrong += not same
            print(f"killed after {moment:.2f} s: {'the same bytes' if same else 'OTHER BYTES'}")
    print(f"{asked.kills - wrong} of {asked.kills} the same")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
