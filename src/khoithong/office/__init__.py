"""The office: the Django project. One app per noun; docs/explanation/house.md shows which may stand on which."""
