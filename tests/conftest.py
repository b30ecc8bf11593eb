"""What every test may ask for."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# A busy machine is slow, not wrong: time is measured in bench/, never in a test.
settings.register_profile("curator", deadline=None)
settings.load_profile("curator")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real cases beside the checkout; absent on a user's machine."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs the real cases in ../shared, which are not part of the project")
    return folder


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def starter_edition(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The edition of the root recipe, built once, and what `build --json` said."""
    folder = tmp_path_factory.mktemp("starter")
    command = [sys.executable, "-m", "curator", "build", str(ROOT / "sources.yaml"), "--json"]
    places = ["--work", str(folder / "work"), "--out", str(folder / "edition")]
    done = subprocess.run([*command, *places], check=True, capture_output=True)
    return folder / "edition", json.loads(done.stdout)
