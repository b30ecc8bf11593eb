"""The six verbs: each joins io and plug-ins, reads the tables before it, writes its own."""
