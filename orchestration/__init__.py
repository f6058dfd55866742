"""How data moves: from the inbox to a release. Imports expectations and reports."""
