"""What the case-management office accepts: findings, and the answers of the units."""
