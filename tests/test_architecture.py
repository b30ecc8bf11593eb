"""The shape of the code: sizes, layers, and plug-ins that touch no world."""

import ast
import statistics
import sys

import pytest

from curator.checks.base import CHECKS
from curator.exporters.base import EXPORTERS
from curator.sources.base import CONNECTORS

MAX_FILE, MEDIAN_FILE, MAX_FUNCTION = 300, 120, 50  # lines


@pytest.fixture(scope="module")
def modules(root):
    return {path: path.read_text() for path in sorted((root / "curator").rglob("*.py"))}


def test_files_are_short(modules):
    lengths = {str(path): text.count("\n") for path, text in modules.items()}
    assert {path: n for path, n in lengths.items() if n > MAX_FILE} == {}
    assert statistics.median(lengths.values()) <= MEDIAN_FILE


def test_functions_are_short(modules):
    long = [
        f"{path.name}:{node.lineno} {node.name}"
        for path, text in modules.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= MAX_FUNCTION
    ]
    assert long == []


def test_every_module_says_what_it_is_for(modules):
    assert [
        str(path) for path, text in modules.items() if not ast.get_docstring(ast.parse(text))
    ] == []


def test_nothing_opens_a_url_behind_the_one_seam(modules):
    """import-linter sees packages, and urllib.parse is pure."""
    assert [str(path) for path, text in modules.items() if "urllib.request" in text] == []


@pytest.mark.parametrize("registry", [CHECKS, CONNECTORS, EXPORTERS])
def test_plugins_are_sorted_and_describe_themselves(registry):
    found = registry.all()
    assert list(found) == sorted(found)
    assert all(plugin.summary for plugin in found.values())


def test_checks_open_nothing(root):
    """Every check looks at a view while opening a file, a socket or a process is an error."""
    import subprocess  # noqa: PLC0415

    code = (root / "tests" / "audited_checks.py").read_text()
    subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, cwd=root / "tests"
    )
