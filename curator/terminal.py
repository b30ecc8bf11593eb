"""The terminal: results on stdout, faults and a bar on stderr, and the exit code of a command."""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from curator.errors import CuratorError, Fault, InputError, MachineError
from curator.io.files import read

PIPE_WIDTH = 200  # characters; where there is no terminal, lines are for programs and files
MOST = 64 << 20  # bytes of a list that is judged in one go
USAGE, INTERRUPTED = 2, 130  # exit codes beside those of errors.py
# typer names this class nowhere, and where it lives has moved
UsageError: type[Exception] = typer.BadParameter.__bases__[0]


def out() -> Console:
    """The console of results; NO_COLOR is honoured (https://no-color.org)."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else PIPE_WIDTH)


def print_json(value: object) -> None:
    """The one JSON document on stdout."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def texts(given: Sequence[str] | None, path: Path | None) -> list[str]:
    """Texts from arguments or a file: split at line feeds only; a final one ends the last line."""
    if bool(given) == bool(path):
        raise typer.BadParameter("Give texts, or --from FILE.")
    if path is None:
        return list(given or ())
    fix = "Name a text file, or - for standard input"
    raw = sys.stdin.buffer.read(MOST) if str(path) == "-" else read(path, MOST, fix)
    try:
        lines = raw.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise InputError("is not UTF-8", "Save it as UTF-8", str(path)) from error
    return lines[:-1] if lines[-1] == "" else lines


class Bar:
    """A bar on stderr where that is a terminal, and silence elsewhere."""

    def __enter__(self) -> Callable[[str, int, int], None]:
        self._bar: Progress | None = None
        if sys.stderr.isatty():
            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._bar.start()
            self._task = self._bar.add_task("start", total=None)
        return self.announce

    def announce(self, step: str, done: int, total: int) -> None:
        """Show how far a step is."""
        if self._bar:
            self._bar.update(self._task, description=step, completed=done, total=total or None)

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()


def _fail(faults: Sequence[Fault]) -> None:
    """Faults on stderr, or as JSON on stdout where JSON was asked for."""
    if "--json" in sys.argv[1:]:
        print_json({"error": [asdict(fault) for fault in faults]})
    else:
        for fault in faults:
            sys.stderr.write(f"{fault}\n")


def guarded(app: typer.Typer) -> int:
    """Run a command line; the exit code, after a word on whatever a user can cause."""
    code = _run(app)
    if code == INTERRUPTED:
        sys.stderr.write("interrupted; run again to go on\n")
    return code


def _run(app: typer.Typer) -> int:
    try:
        return int(app(standalone_mode=False) or 0)
    except CuratorError as error:
        _fail(error.faults)
        return error.exit_code
    except UsageError as error:
        _fail([Fault(str(error).rstrip("."), "See --help")])
        return USAGE
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        return 0
    except OSError as error:
        _fail([Fault(f"cannot write: {error.strerror}", "Free space, or write elsewhere")])
        return MachineError.exit_code
