"""Law: the rules as dated data. This room is still empty."""
