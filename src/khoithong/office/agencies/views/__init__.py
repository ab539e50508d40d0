"""The pages of the agencies: the list, one agency, the import of many."""
