"""Tasks: duties confirmed from papers, with lead, co-ordinators, deadline, progress, extension and proof."""
