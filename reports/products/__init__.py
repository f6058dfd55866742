"""What goes to units, to the case-management office and to the leader, beside the bulletin."""
