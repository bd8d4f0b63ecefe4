"""`python -m bot`: the command line."""

import gc

# What is imported stays. Looking through it for garbage again and again is a third of the time that a start takes.
gc.disable()

from bot import cli  # noqa: E402


def main() -> None:
    """Run the command line."""
    gc.freeze()
    gc.enable()
    cli.main()


if __name__ == "__main__":
    main()
