"""English: dates stay as the office writes them, so that one register reads the same in both languages."""
