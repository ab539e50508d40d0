"""Costing: quantities and law -> an estimate in which every đồng explains itself. This room is still empty."""
