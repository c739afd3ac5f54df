"""How fast the log is, as ratios to baselines that ran in the same minutes. `make bench` runs it all."""
