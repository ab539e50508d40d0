"""Drafting: facts -> official papers, registers, spreadsheets, charts. This room is still empty."""
