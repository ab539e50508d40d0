"""Pages of tasks: each parses, asks permission, calls one action or query, answers."""
