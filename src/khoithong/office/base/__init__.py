"""What every app of the office stands on: the action with its audit entry, the clock's one hand, folding for search."""
