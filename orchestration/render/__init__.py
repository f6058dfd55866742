"""The files of the project that are made from other files of it, and whether they are stale."""
