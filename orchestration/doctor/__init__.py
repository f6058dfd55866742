"""Whether installation and home are sound."""
