"""The face: base templates, components, style and script. No app imports it; templates reach it by name."""
