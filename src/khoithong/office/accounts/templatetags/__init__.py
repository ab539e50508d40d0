"""Tags and filters of the accounts pages."""
