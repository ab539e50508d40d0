"""Reports: the dashboard, the search over everything, and registers as spreadsheets."""
