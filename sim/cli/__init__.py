"""The command line. Everything heavy is imported only by the command that needs it."""

from sim.cli.app import main

__all__ = ["main"]
