"""The built-in rule pack: YAML files, read through importlib.resources as the package ``linter.rules``."""
