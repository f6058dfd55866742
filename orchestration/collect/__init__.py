"""Fetches new files from where the units put them."""
