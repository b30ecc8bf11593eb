"""Writes the parts of README and docs that the code knows best: `python docs/generate.py`.

A part stands between `<!-- generated: NAME -->` and `<!-- end -->`. With --check nothing is
written, and the exit code is 1 where a part is stale. With --examples the starter is built and
every `$ curator …` line of a console block is run again, so that what is shown is what is printed.
"""  # noqa: INP001 - a script beside its pages, no package

import argparse
import contextlib
import io
import os
import re
import shlex
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import opt_in
import typer
from recipe_keys import connector_keys, settings_keys, source_keys, unbuilt

from curator import cli, errors, schema, terminal
from curator.checks.base import CHECKS
from curator.core import spdx
from curator.core.notes import NOTES
from curator.core.reasons import REASONS
from curator.core.source_rules import rules
from curator.exporters.base import EXPORTERS
from curator.model import LicenseClass
from curator.sources.base import CONNECTORS

ROOT = Path(__file__).resolve().parent.parent
PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    *(f"docs/{p.name}" for p in sorted(ROOT.glob("docs/*.md"))),
)
PART = re.compile(r"(<!-- generated: ([a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)
CONSOLE = re.compile(r"(```console\n)(.*?)(```)", re.DOTALL)
EDITION = "editions/curator-starter-2026.1"
BY_HAND = ("train-check",)  # it needs open_clip, which the page must not depend on
EXIT_CODES = (
    (0, "done"),
    (cli.FINDING, "a finding: nothing publishable, a fault, not found, a license not accepted"),
    (terminal.USAGE, "the command line or the recipe is wrong"),
    (cli.PENDING, "done, but items are pending: run again later"),
    (errors.LockedError.exit_code, "another run is using the work folder"),
    (errors.MachineError.exit_code, "the machine: disk, permission, a missing part"),
    (terminal.INTERRUPTED, "interrupted; run again to go on"),
)


def table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table in Markdown; a bar inside a cell would end it."""
    lines = [headers, ["---"] * len(headers), *rows]
    cells = [[str(cell).replace("|", "\\|") for cell in line] for line in lines]
    return "".join(f"| {' | '.join(line)} |\n" for line in cells)


def plain(text: str) -> str:
    """A sentence as a cell has it: no full stop, and nothing that Markdown takes for HTML."""
    return re.sub(r"<(?=[^`]*(?:`[^`]*`[^`]*)*$)", r"\\<", text.rstrip("."))


def commands() -> str:
    """Every command with the first line of its help."""
    found = typer.main.get_command(cli.app)
    listed = getattr(found, "commands", {})
    return table(
        ("command", "what it does"),
        [(f"`curator {name}`", plain(one.help or "")) for name, one in listed.items()],
    )


def reasons() -> str:
    """Every reason code in the order in which they win."""
    rows = [(f"`{code}`", verdict, words) for code, (verdict, words) in REASONS.items()]
    return table(("reason", "verdict", "meaning"), rows)


def checks() -> str:
    """Every check with what it must be shown."""
    rows = [
        (f"`{c.id}@{c.version}`", c.needs.name.lower(), plain(c.summary))
        for c in CHECKS.all().values()
    ]
    return table(("check", "needs", "what it looks for"), rows)


def connectors() -> str:
    """Every connector."""
    rows = [(f"`{c.id}`", plain(c.summary)) for c in CONNECTORS.all().values()]
    return table(("connector", "what it reads"), rows)


def exporters() -> str:
    """Every exporter."""
    rows = [(f"`{e.id}`", plain(e.summary)) for e in EXPORTERS.all().values()]
    return table(("exporter", "what it writes"), rows)


def columns(of: schema.Table) -> str:
    """Every column of a table of the edition."""
    return table(
        ("column", "type", "meaning"),
        [(f"`{c.name}`", _arrow(c.type), plain(c.doc)) for c in of.columns],
    )


def _arrow(kind: object) -> str:
    """A pyarrow type in words; the fields of a list's rows are named."""
    text = re.sub(r"list<element: |list<item: ", "list of ", str(kind)).rstrip(">")
    fields = re.findall(r"(\w+): \w+", text)
    return f"list of ({', '.join(fields)})" if fields else text


def licenses() -> str:
    """How many licenses of each class the table has."""
    found = Counter((row.cls, row.accepted) for row in spdx.table())
    rows = [(f"`{c}`", found[c, True], found[c, False]) for c in LicenseClass]
    total = ("all", *(sum(n for (_, a), n in found.items() if a == yes) for yes in (True, False)))
    return table(("class", "accepted", "not accepted"), [*rows, total])


def source_rules() -> str:
    """What the rule of every known source says about AI, and where that was read."""
    found = [
        (
            rule.name,
            rule.rule,
            f"{rule.looked}, <{rule.url}>" + ("" if rule.verified else ", unverified"),
            plain(rule.note),
        )
        for rule in rules()
    ]
    return table(("source", "about AI", "looked at", "note"), found)


def notes() -> str:
    """Every note that checks know."""
    return table(("note", "what it holds"), [(f"`{n}`", plain(d)) for n, d in NOTES.items()])


PARTS: dict[str, Callable[[], str]] = {
    "commands": commands,
    "reasons": reasons,
    "checks": checks,
    "connectors": connectors,
    "exporters": exporters,
    "exit-codes": lambda: table(("exit code", "meaning"), EXIT_CODES),
    "licenses": licenses,
    "source-rules": source_rules,
    "notes": notes,
    "manifest": lambda: columns(schema.MANIFEST),
    "ledger": lambda: columns(schema.LEDGER),
    "recipe-settings": settings_keys,
    "recipe-source": source_keys,
    "recipe-connectors": connector_keys,
    "unbuilt": unbuilt,
}


def generated(text: str) -> str:
    """A page with every generated part as it should be now."""
    return PART.sub(lambda part: part[1] + PARTS[part[2]]() + part[3], text)


def prepared(folder: Path) -> Path:
    """A folder in which the examples can run: the starter, and a recipe with faults."""
    recipe = (ROOT / "sources.yaml").read_text(encoding="utf-8")
    (folder / "curator").symlink_to(ROOT / "curator")
    (folder / "sources.yaml").write_text(recipe, encoding="utf-8")
    wrong = recipe.replace("languages:", "langauges:", 1).replace("ledger: full", "ledger: long", 1)
    (folder / "typo.yaml").write_text(wrong, encoding="utf-8")
    return folder


def ran(line: str, folder: Path) -> str:
    """What a command line of a page prints in `folder`, on both streams."""
    said, kept = io.StringIO(), sys.argv
    sys.argv = shlex.split(line)
    with (
        contextlib.chdir(folder),
        contextlib.redirect_stdout(said),
        contextlib.suppress(SystemExit),
    ):
        try:
            with contextlib.redirect_stderr(said):
                cli.main()
        finally:
            sys.argv = kept
    text = said.getvalue().replace(f"{folder.resolve()}/", "…/")
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def examples(text: str, folder: Path, skip: Sequence[str] = ()) -> str:
    """A page with the output of every `$ curator …` line as it is in `folder` now."""
    return CONSOLE.sub(
        lambda block: block[1] + "".join(_again(block[2], folder, skip)) + block[3], text
    )


def _again(block: str, folder: Path, skip: Sequence[str]) -> Iterator[str]:
    keep = True
    for line in block.splitlines(keepends=True):
        if line.startswith("$ "):
            verb = shlex.split(line)[2]
            keep = verb in skip
            yield line
            if not keep:
                yield ran(line.removeprefix("$ "), folder)
        elif keep:
            yield line


def _rewritten(*, build: bool) -> dict[Path, str]:
    pages = {ROOT / name: (ROOT / name).read_text(encoding="utf-8") for name in PAGES}
    new = {path: generated(text) for path, text in pages.items()}
    if build:
        with tempfile.TemporaryDirectory() as name:
            folder, alone = prepared(Path(name)), Path(name) / "opt-in"
            alone.mkdir()
            opt_in_page = ROOT / opt_in.PAGE
            new = {
                path: opt_in.played(text, alone, ran)
                if path == opt_in_page
                else examples(text, folder, BY_HAND)
                for path, text in new.items()
            }
    return {path: text for path, text in new.items() if text != pages[path]}


def main() -> int:
    """Rewrite what is stale, or with --check only name it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when stale")
    parser.add_argument("--examples", action="store_true", help="build the starter, run examples")
    given = parser.parse_args()
    os.environ["SOURCE_DATE_EPOCH"] = "1767225600"  # 2026-01-01: no page changes with the day
    stale = _rewritten(build=given.examples)
    for path, text in stale.items():
        sys.stdout.write(f"{'stale' if given.check else 'written'}: {path.relative_to(ROOT)}\n")
        if not given.check:
            path.write_text(text, encoding="utf-8")
    return 1 if stale and given.check else 0


if __name__ == "__main__":
    sys.exit(main())
