"""Agencies: who exists, since when, under which names, succeeded by whom."""
