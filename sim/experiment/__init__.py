"""Many runs: the runner and its store, Latin hypercube draws, and the comparison of two worlds."""
