"""Scenarios: typed parameters, one chapter a file, read from YAML and frozen."""
