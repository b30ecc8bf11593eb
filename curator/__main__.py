"""The process `curator`: what must be set before anything is imported, then the command line."""

import sys

from curator.io.lean import without_pandas


def main() -> None:
    """Run the command line; an interruption while modules load ends as any other does."""
    without_pandas()
    try:
        from curator.cli import main as run  # noqa: PLC0415  (after pandas is out of the way)
    except KeyboardInterrupt:
        sys.exit(130)
    run()


if __name__ == "__main__":
    main()
