"""The stages of a month: they read the state, call the mechanisms and write what follows from them."""
