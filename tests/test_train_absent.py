"""train-check where the extra is missing or broken, and everything else without it."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("error", "words"),
    [
        pytest.param(
            "ModuleNotFoundError('No module named open_clip')",
            "pip install 'optin-curator[train]'",
            id="the extra is not installed",
        ),
        pytest.param(
            "RuntimeError('operator torchvision::nms does not exist')",
            "torchvision is of another build than torch",
            id="torchvision cannot load beside this torch",
        ),
    ],
)
def test_a_missing_part_is_named_with_its_cure(tmp_path, error, words):
    """A package of that name that fails as the real one does stands before it in the path."""
    package = tmp_path / "open_clip_train"
    package.mkdir()
    (package / "__init__.py").write_text(f"raise {error}\n")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from curator.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "train-check", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 5
    assert words in done.stderr
    assert "CONTRIBUTING.md" in done.stderr
    assert "Traceback" not in done.stderr


def test_no_module_of_curator_imports_torch():
    code = """
import pkgutil, sys, curator
for module in pkgutil.walk_packages(curator.__path__, "curator."):
    __import__(module.name)
assert "curator.train" in sys.modules
print(sorted({"torch", "open_clip", "open_clip_train", "webdataset"} & sys.modules.keys()))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
