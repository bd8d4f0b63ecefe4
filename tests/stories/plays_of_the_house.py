"""Plays in which the house itself is the matter: the group, its topics, strangers, admins, and what is kept how long.

What becomes of them stands in `told/`, a file a play.
"""

from tests.stories.acts import BENCHES, BIKES, FLOWERS, STEP, brought, stepped, taken
from tests.stories.stage import Stage

RIGHTS = ("can_manage_topics", "can_delete_messages", "can_pin_messages")
PICTURE = {"file_id": "f", "file_unique_id": "u", "file_size": 1, "width": 9, "height": 9}


def the_group_changes(stage: Stage) -> None:
    """A topic is closed, the bot loses rights and gets them back, the group gets another number, the bot is put out."""
    taken(stage)
    stage.sends("Mette", "that the topic is closed", group=1, forum_topic_closed={})
    stage.sends("Mette", "that the topic is open", group=1, forum_topic_reopened={})
    stage.stands("administrator", can_delete_messages=True)
    stage.stands("administrator", can_manage_topics=True, can_pin_messages=True)
    stage.stands("administrator", **dict.fromkeys(RIGHTS, True))
    stage.stands("left")
    stage.sends("Mette", "that the group has another number", group=1, migrate_to_chat_id=-1009)
    stage.writes("Aase", "er I der?")


def strangers_among_the_agents(stage: Stage) -> None:
    """Somebody who is no agent writes, presses and joins in the group; an agent of another desk looks in."""
    taken(stage)
    stage.writes("Stranger", "hvad laver I her", group=1)
    stage.writes("Stranger", "/svar Hej Aase", group=1)
    stage.writes("Stranger", "hej Aase", group=1, to="take")
    for data in ("take:1", "reply:1", "form:1:step", "pass_yes:1", "undo:1:114", "numbers:0:by_month"):
        stage.presses("Stranger", data, group=1)
    stage.sends("Peter", "that a stranger came", group=1, new_chat_members=[stage.person("Stranger")])
    stage.presses("Signe", "out:1:5")
    stage.presses("Signe", "form_ok:1")
    stage.presses("Signe", "i_withdraw:1")
    stage.writes("Ulla", "/koe")
    stage.writes("Ulla", "/tal")


def an_admin_lets_somebody_in(stage: Stage) -> None:
    """An invitation, who takes it, who may not; one who is let out; and what an admin asks of rules and pages."""
    brought(stage)
    for words in (
        "/inviter",
        "/inviter Nobody Known",
        "/inviter Mette Holm",
        "/fjern",
        "/fjern Nobody",
        "/fjern Bo Lind",
    ):
        stage.writes("Ulla", words)
    stage.writes("Jonas", "/start plads_forged")
    stage.writes("Jonas", "/start plads_fresh")
    stage.writes("Jonas", "/inviter Mette Holm")
    for words in (
        "/regler",
        "regler",
        "/rules",
        "/prøv cykler",
        "viden",
        "/viden raadene",
        "/versioner",
        "/start",
        "/hjaelp",
    ):
        stage.writes("Ulla", words)
    page = {"file_id": "p", "file_unique_id": "q", "file_size": 100, "file_name": "raadene.md"}
    stage.sends("Ulla", "a page", document=page)
    stage.sends("Ulla", "a page that is too large", document=page | {"file_size": 10_000_000})
    stage.sends("Ulla", "rules", document=page | {"file_name": "routing_rules.yaml"})
    stage.presses("Ulla", "p_use:1")
    stage.presses("Ulla", "p_drop:2")
    stage.presses("Ulla", "p_back:3")
    stage.presses("Jonas", "p_use:1")


def words_are_taken_out(stage: Stage) -> None:
    """An agent takes a citizen's message and picture away for good; a citizen takes one of their own."""
    taken(stage)
    stage.writes("Aase", "min nabo Ib på nr. 7 har stjålet en")
    stage.writes("Mette", "/fjern", group=1, to="reply:1")
    stage.sends("Aase", "a picture", photo=[PICTURE], caption="her er Ib")
    stage.writes("Mette", "/fjern", group=1, to="reply:1")
    stage.writes("Aase", "den var grøn")
    stage.writes("Aase", "slet min sidste besked")
    stage.presses("Aase", "i_erase")
    stage.writes("Mette", "/svar Tak. Jeg spørger banen", group=1)
    stage.presses("Mette", "astray", group=1)
    stage.edits("Mette", "/svar Tak. Jeg spørger Bo", group=1)
    stage.sends("Mette", "a picture", group=1, photo=[PICTURE], caption="/svar Sådan her")
    stage.writes("Mette", "/svar", group=1)


def what_is_kept_how_long(stage: Stage) -> None:
    """Years pass over what is open, what has ended, a draft, and somebody of whom nothing is heard any more."""
    taken(stage)
    stepped(stage, "waiting", "Hvad: en ny bro\nHvem: Banedanmark\nHvornår: 1. december 2029")
    brought(stage, "Jonas", FLOWERS)
    stage.presses("Jonas", "i_withdraw:2")
    stage.writes("Karim", BENCHES)
    stage.years_pass(40)
    stage.presses("Karim", "d_later")
    stage.years_pass(420)
    stage.writes("Jonas", "hvad sker der nu?")
    stage.years_pass(700)
    stepped(stage, "done", "broen er der")
    stage.years_pass(500)
    stage.presses("Mette", "next:1", group=1)
    stage.writes("Aase", "hvad sker der nu?")


def who_is_forgotten(stage: Stage) -> None:
    """A citizen with an idea of their own, one together with another, a draft and one they follow is forgotten."""
    taken(stage)
    stage.presses("Aase", "i_public")
    stage.presses("Aase", "i_public_ok")
    stage.writes("Jonas", "flere cykelstativer ved ordrup station")
    stage.presses("Jonas", "l_join")
    stage.presses("Aase", "join_yes")
    brought(stage, "Jonas", FLOWERS)
    stage.writes("Karim", "følg 2")
    stage.presses("Jonas", "own_copy:0")
    stage.presses("Jonas", "own_forget:0")
    stage.presses("Jonas", "own_yes:0")
    stage.writes("Jonas", "hvad sker der nu?")
    stage.writes("Karim", "slet alt om mig")
    stage.presses("Karim", "own_yes")
    stage.presses("Aase", "own_forget:0")
    stage.presses("Aase", "own_yes:0")
    stage.writes("Mette", "/svar 1 Er du der?", group=1)


def the_numbers_are_told(stage: Stage) -> None:
    """Late and answered, public and not: the numbers, by month and by topic, to a citizen, an agent and the press."""
    taken(stage)
    stage.presses("Aase", "i_public")
    stage.presses("Aase", "i_public_ok")
    for who in ("Jonas", "Karim"):
        brought(stage, who, FLOWERS if who == "Jonas" else BENCHES)
    stage.waits(days=4)
    stage.writes("Bo", "/svar Her er jeg", group=2)
    stage.writes("Aase", "hvor mange idéer får I")
    stage.writes("Aase", "tal")
    stage.presses("Aase", "numbers:0:by_month")
    stage.presses("Aase", "numbers:0:by_topic")
    stage.presses("Aase", "numbers:0:by_nothing")
    stage.presses("Mette", "numbers:0:by_topic", group=1)
    stage.writes("Stranger", "jeg er journalist på en avis, hvor mange idéer har I sagt nej til?")
    stage.writes("Stranger", "jeg er journalist, hvem kan jeg tale med?")


def two_languages(stage: Stage) -> None:
    """A citizen writes in English and another in Ukrainian: each is answered in their own, to the receipt and on."""
    stage.writes("Aase", "more bicycle racks at ordrup station please, the bicycles are lying in the way")
    stage.presses("Aase", "d_skip")
    stage.presses("Aase", "d_send")
    stage.presses("Mette", "take", group=1)
    stage.writes("Mette", "/svar Thank you, Aase", group=1)
    stepped(stage, "step", STEP)
    stage.writes("Aase", "what happens now?")
    stage.writes("Aase", "help")
    stage.writes("Jonas", "більше велосипедних стоянок біля станції")
    stage.presses("Jonas", "d_skip")
    stage.presses("Jonas", "d_send")
    stage.writes("Jonas", "dansk")
    stage.writes("Jonas", BIKES)
    stage.waits(days=6)


PLAYS = (
    the_group_changes,
    strangers_among_the_agents,
    an_admin_lets_somebody_in,
    words_are_taken_out,
    what_is_kept_how_long,
    who_is_forgotten,
    the_numbers_are_told,
    two_languages,
)
