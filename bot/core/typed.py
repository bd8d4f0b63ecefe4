"""What staff type or press, read as a command: its name, the number of an initiative, and what follows."""

from bot.core import absent, advice, away, bars, casework, on_behalf, passing, queue, reply, sent_before, templates
from bot.core.events import Said

SPELLED = {
    "/kø": "koe", "kø": "koe", "køen": "koe", "/hjælp": "hjaelp", "hjælp": "hjaelp", "/mine": "mine", "/i dag": "i_dag",
    "fortryd": "fortryd",
}  # fmt: skip
"""Lines that are a command though Telegram does not know them as one; without a slash in an own chat only."""
BEGUN = {"/spørg": advice.COMMAND, "/spær": bars.COMMAND}
"""First words that are a command though Telegram does not know them as one, since they hold a Danish letter."""
NUMBERED = frozenset(
    {reply.COMMAND, templates.COMMAND, passing.COMMAND, advice.COMMAND, absent.CODE, on_behalf.COMMAND, queue.OPEN}
    | {sent_before.COMMAND, bars.COMMAND, *casework.COMMANDS}
)
"""The commands that take an initiative's number outside its topic."""
ALONE = frozenset({queue.OPEN, absent.CODE, on_behalf.COMMAND, sent_before.COMMAND, templates.COMMAND, casework.FILE})
"""Those of them that a number may follow in any topic: where it stands alone, it can be nothing else."""


def command_of(event: Said) -> tuple[str, int, str]:
    """The command, the number behind it, and the words that follow; ("", 0, text) for plain words."""
    command, text = event.command.casefold(), event.text
    if not command and reply.without_command(text) != text:
        # Beneath a picture Telegram leaves a command in the words.
        command, text = reply.COMMAND, reply.without_command(text)
    first, _, rest = text.strip().partition(" ")
    if not command and first.casefold() in BEGUN:
        command, text = BEGUN[first.casefold()], rest
    if not command:
        word = text.strip().casefold()
        private = event.chat.kind == "private"
        spelled = SPELLED.get(word, "") if private or word.startswith("/") else ""
        if spelled:
            return spelled, 0, ""
        spelled, days = away.command_of(text, event.at.date(), private=private)
        return spelled, 0, days if spelled else text
    if command not in NUMBERED:
        return command, 0, text
    first, _, rest = text.strip().partition(" ")
    number = first.removeprefix("nr.").removeprefix("#")
    anywhere = event.chat.thread is None or (command in ALONE and not rest.strip())
    if anywhere and number.isascii() and number.isdigit() and len(number) < 10:
        return command, int(number), rest.strip()
    return command, 0, text.strip()


def pressed(data: str) -> tuple[str, int, str]:
    """A button's verb, number and detail; ("", 0, "") for what is no payload of ours."""
    verb, _, rest = data.partition(":")
    number, _, detail = rest.partition(":")
    if not number.isascii() or not number.isdigit() or len(number) > 12:
        return "", 0, ""
    return verb, int(number), detail
