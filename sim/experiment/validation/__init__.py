"""The model held against counted facts: which facts, in which worlds, how measured, and what a naive guess gives."""
