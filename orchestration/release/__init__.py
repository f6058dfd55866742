"""Releases: what one is made from, how the marts become one, and which is read for a period."""
