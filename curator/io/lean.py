"""Keeps pandas out of curator's own processes."""

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType


class _NoPandas:
    """Answers for the import system that pandas is not installed."""

    def find_spec(
        self, name: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Fail for pandas; leave every other module to the finders that follow."""
        if name == "pandas":
            raise ModuleNotFoundError("curator does without pandas", name=name)
        return None


def without_pandas() -> None:
    """Let no import of pandas succeed in this process.

    Asked whether a list is a pandas Series, pyarrow imports pandas wherever it is installed:
    0.45 CPU s (measured) in this process and in every worker, for nothing.
    """
    sys.meta_path.insert(0, _NoPandas())


def with_pandas() -> None:
    """Let this process import pandas again."""
    sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, _NoPandas)]
