"""What the leadership complains of: who does it in the sample district, and how often.

The one place of these rates; each is the chance for one matter unless it says otherwise.
"""

# First opinions: proposed after the one-month limit, or never.
OPINION_LATE, OPINION_MISSING = 0.10, 0.03

# Filings with the case-management office: another method than taken, late, none at all.
FILED_OTHERWISE, FILED_LATE, FILED_NEVER = 0.04, 0.12, 0.05

# The register of leads: counts a person too many, learns of a closing weeks after it.
REGISTER_MISCOUNTS, REGISTER_LAGS = 0.02, 0.03

# Offices that verify every lead, and units that file no case whatever they find.
VERIFIES_EVERYTHING = frozenset({"OFF04", "DIS05", "TWN11"})
FILES_NO_CASE = frozenset({"DIS06", "TWN12", "TWN16", "STR02"})

# Verifications that go on for months; of these, those that never end.
PENDING, NEVER_ENDS = 0.07, 0.3
WITHOUT_ANALYSIS = 0.07

# Returns handed in after the due day, per unit and month.
HANDS_IN_LATE = {"TWN09": 0.35, "STR03": 0.35}
LATE_OTHERWISE = 0.01

# Issues and items put right after their limit.
ISSUE_OVERDUE, ITEM_OVERDUE = 0.08, 0.07

# Tasks and reforms that lag and end late; tasks that never end, are given up, are urged.
TASK_LATE, TASK_NEVER_ENDS, TASK_CANCELLED, TASK_URGED = 0.1, 0.03, 0.03, 0.15

# Petitioners with a name told late; petitions that lie for months.
PETITIONER_TOLD_LATE, PETITION_LONG = 0.06, 0.05

# The rules whose findings these rates bring in sound returns; nothing else may be found in them.
FINDS = frozenset(
    (
        *("CI06", "CS23", "DF02", "DP18", "DP19", "KT06", "LR09", "PN17", "PT09", "PT10", "PT11"),
        *("PT12", "RX10", "R01", "R02", "R03", "R08"),
    )
)
