"""`python -m bot.routing.denmark FIRST LAST`: the Danish public holidays of these years, a day a line."""

import sys

import holidays


def main(first: int, last: int) -> None:
    """Write them to standard output."""
    for day in sorted(holidays.country_holidays("DK", years=range(first, last + 1))):
        sys.stdout.write(f"{day.isoformat()}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
