"""Pages of papers: each parses, asks permission, calls one action or query, answers."""
