"""The written products of a period: the verb `report` and what lies beside the bulletin."""
