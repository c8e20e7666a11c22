"""The built-in rule pack: YAML files."""
