"""Pure judgement: no files, no network, no clock."""
