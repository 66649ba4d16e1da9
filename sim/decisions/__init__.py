"""The contract by which every choice is asked and answered, and the log of it."""
