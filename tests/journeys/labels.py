"""The acceptance scenarios' capitals and the product's own buttons and words for them, in one place."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

BOOKS = Path(__file__).resolve().parents[2] / "bot" / "texts"
BOOK = BOOKS / "da.yaml"
SPELT = {"on": True, "off": False}
"""What YAML makes of these keys."""
LANGUAGES = ("da", "en", "uk")


@cache
def book(lang: str = "da") -> dict[str, Any]:
    """Every text of the bot's in that language."""
    with (BOOKS / f"{lang}.yaml").open(encoding="utf-8") as file:
        found: dict[str, Any] = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    return found


def whole(key: str, lang: str = "da") -> Any:
    """A text by its key as it stands in the book, or a table of texts; None where that language has none."""
    at: Any = book(lang)
    for part in key.split("."):
        at = at.get(part, at.get(SPELT.get(part))) if isinstance(at, dict) else None
    return at


@cache
def all_languages(key: str) -> tuple[str, ...]:
    """A button's labels in every language that has it."""
    found = (whole(key, lang) for lang in LANGUAGES)
    return tuple(str(words).replace("*", "").split("{")[0].strip() for words in found if words)


def is_key(key: dict[str, Any], button: str) -> bool:
    """Whether that is this button, in whatever language."""
    return any(str(key.get("text", "")).startswith(word) for word in all_languages(button))


def text(key: str, **fields: object) -> str:
    """A button's Danish label by its key in the book of texts; cut before the first field that is not given."""
    at = whole(key)
    assert at is not None, f"no text {key!r} in da.yaml"
    words = str(at).replace("*", "").strip()
    for name, value in fields.items():
        words = words.replace("{" + name + "}", str(value))
    return words.split("{")[0].strip()


# What a citizen presses: the scenario's word, and the key of the product's own label.
SEND = "citizen.button.send"
EDIT = "citizen.button.edit"
DROP = "citizen.button.drop"
SKIP = "citizen.button.skip"
UNDO_DROP = "citizen.button.undo_drop"
NOT_NOW = "citizen.button.later"
STATUS_BUTTON = "citizen.button.status"
HUMAN = "citizen.button.human"
CALL_ME = "citizen.button.call_me"
EDIT_SENT = "citizen.button.edit_sent"
PAUSE = "citizen.button.pause"
WITHDRAW = "citizen.button.withdraw"
ERASE_COPY = "citizen.button.erase"
MAKE_PUBLIC = "citizen.button.public"
PUBLIC_OK = "citizen.button.public_ok"
FOLLOW = "citizen.button.follow"
STOP_THIS = "citizen.button.own_stop"
UNFOLLOW = "citizen.button.unfollow"
HIDE = "citizen.button.hide"
FOLLOW_IT = "open.button.follow"
WHOLE_LIST = "open.button.file"
SEE_LIST = "open.button.list"
WEEKLY = "open.button.week"
ASK_ABOUT = "open.button.ask"
JOIN = "bridge.button.join"
MINE_IS_ANOTHER = "bridge.button.own"
BRIDGE_YES = "bridge.button.agree_join"
BRIDGE_NO = "bridge.button.decline_join"
HELP_YES = "bridge.button.agree_offer"
HELP_NO = "bridge.button.decline_offer"
SEND_OWN = "bridge.button.send_own"
LEAVE_IT = "bridge.button.leave"
ASK_THEM = "bridge.button.ask"
KEEP_OFFER = "bridge.button.keep"
NONE_OF_THEM = "bridge.button.none_of_them"
KEEP_LATER = "bridge.button.keep_later"
NONE_OF_THEM = "bridge.button.none_of_them"
IS_IDEA = "bridge.button.is_idea"
OFFER_BACK = "bridge.button.back"
OFFER_GONE = "bridge.button.gone"
SEEK = "bridge.button.seek"
SEEK_OK = "bridge.button.seek_ok"
SEEK_OFF = "bridge.button.seek_off"
SUMMARY = "citizen.button.summary"
DONT_KNOW = "citizen.button.dont_know"
INSIDE = "citizen.button.inside"
OUTSIDE = "citizen.button.outside"
MORE_ABOUT = "citizen.button.more_about"
NEW_IDEA = "citizen.button.new_idea"
REGRET = "citizen.button.regret"
REOPEN = "citizen.button.reopen"
COPY = "citizen.button.own_copy"
DELETE = "citizen.button.own_forget"
DELETE_YES = "citizen.button.own_yes"
DELETE_NO = "citizen.button.own_no"
GOES_ON = "citizen_step.button.on_yes"
TITLE_YES = "citizen_step.button.title_ok"
TITLE_NO = "citizen_step.button.title_no"
ASK_ON = "citizen_step.button.ask"
MEET_WISH = "citizen_step.button.meet_wish"
MEETING_OFF = "citizen_step.button.meeting_off"
NO_TIME = "citizen_step.button.no_time"
SHOW_YES = "citizen_step.button.show_ok"
SHOW_NO = "citizen_step.button.show_no"

# What an agent presses.
TAKE = "desk.button.take"
REPLY = "desk.button.reply"
FIX_SENT = "desk.button.fix_sent"
NEXT_STEP = "desk.button.next"
UNDO = "desk.button.undo"
ASTRAY = "desk.button.astray"
MORE = "desk.button.more"
MORE_LINES = "desk.button.more_lines"
FORM = "desk.form.button."
OK = "desk.button.form_ok"
OK_BY_VOICE = "by_voice.desk.button.form_ok"
MEND = "desk.button.form_fix"
CORRECT = "desk.button.fix"
TO_CITIZEN = "desk.button.out"
INTERNAL = "desk.button.internal"
HELPER = "desk.button.help"
TOLD = "desk.button.told"
TAKE_OVER = "desk.button.over"
NEW_DATE = "colleague.button.new_date"
PASS_ON = "colleague.button.pass"
PASS_YES = "colleague.button.pass_yes"
PASS_NO = "colleague.button.pass_no"
AWAY_WEEK = "colleague.button.away_week"

# The forms by which an agent moves an initiative; each is chosen under NEXT_STEP or MORE.
STEP = FORM + "step"
TRIAL = FORM + "trial"
WAITING = FORM + "waiting"
BACK = FORM + "back"
DONE = FORM + "done"
MAY_NOT = FORM + "may_not"
CAN_NOT = FORM + "can_not"
PARTLY = FORM + "partly"
OTHER = FORM + "other"
TITLE = FORM + "title"
MEETING = FORM + "meeting"
SHOW = FORM + "show"
SEEKS = FORM + "seeks"

# What is typed.
STATUS = "status"
HELP = "hjælp"
NEW = "/ny"
PUBLIC = "offentlige"
QUEUE = "/koe"

# What an admin presses.
USE = "rulebook.button.use"
LEAVE = "rulebook.button.drop"
SURE = "rulebook.button.sure"
TRY = "rulebook.button.try"
WHAT_CHANGED = "rulebook.button.tell"
OLDER = "rulebook.button.old"
ROLLBACK = "rulebook.button.back"
NEW_RULES = "rulebook.button.get"
CHOOSE_HEIR = "rulebook.button.heir"

# What stands as the title of an idea that was sent without words.
TITLES_WITHOUT_WORDS = ("citizen.title.voice", "citizen.title.pictures", "citizen.title.place", "citizen.title.call")
