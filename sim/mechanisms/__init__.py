"""One module per mechanism: pure functions over arrays and numbers; no model, no agents, draws passed in."""
