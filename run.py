"""Run Regiotafel from a checkout: `python run.py` does the main job, `python run.py --help` says what else there is."""

from sim.cli import main

if __name__ == "__main__":
    main()
