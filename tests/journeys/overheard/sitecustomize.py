"""Python imports this by itself where the folder is in its path: every address that is called is written down."""

import sys


def _write_down(event: str, told: tuple[object, ...]) -> None:
    if event == "socket.connect":
        with open("called.txt", "a", encoding="utf-8") as file:
            file.write(f"{told[1]}\n")


sys.addaudithook(_write_down)
