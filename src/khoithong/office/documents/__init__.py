"""Documents: the registers of papers in and out, their files, readings under review, and citations."""
