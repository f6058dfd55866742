"""The command `jijian`: nothing is imported before it is called.

A child that reads workbooks runs the top of the script that started it, and needs none of the
verbs.
"""


def main() -> None:
    """Run the command line."""
    from orchestration import cli

    cli.main()


if __name__ == "__main__":
    main()
