"""The process `curator`: what must be set before anything is imported, then the command line."""

from curator.io.lean import without_pandas

without_pandas()

from curator.cli import main  # noqa: E402

if __name__ == "__main__":
    main()
