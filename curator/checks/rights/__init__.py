"""Who may allow what: rights evidence."""
