"""How fast the model is, beside other ways to write one (docs/performance.md)."""
