"""The commands with their options. Help texts are keys of `sim/texts/cli.*.yaml`."""
