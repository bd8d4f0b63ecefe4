"""The rules in the admins' chats, step by step: who may, what is asked of the keeper, and what is told."""

from dataclasses import replace
from typing import Any

import pytest

from bot.core import dialogue
from bot.core.effects import Effect, Note, RulesErrand, Say, SendRules, TellHumans, To
from bot.core.events import Chat, Event, Media, Pressed, Said, Sender
from bot.core.people import Asking, Form, Person, Talk
from bot.core.rule_news import (
    Difference,
    RuleNews,
    RulesBarred,
    RulesInForce,
    RulesListed,
    RulesLooked,
    RulesMended,
    RulesRefused,
    RulesStale,
    RulesTold,
    RulesTried,
    RulesUnmatched,
    TextsBarred,
    TextsInForce,
    TextsRefused,
)
from bot.core.world import Link, Move, World
from bot.texts.menu import commands
from tests.book import BOOK
from tests.core.town import FRAME, NOW, PETER

ULLA = 7
JONAS = 902
CHANGE = Difference(
    words=("idraet: 1 ord mere (skaterbane)",),
    lines="812",
    examples=2,
    tried=800,
    moved=(("Flere bænke", "Natur (Bo Lind)", "Byrum (Mette Holm)"),),
    ideas=((12, "Mette Holm", "Bo Lind"),),
    leavers=(("bo", "Bo Lind"),),
    heirs=((14, "Bo Lind", "Signe Krag"),),
)
NEWS: list[RuleNews] = [
    RulesRefused(NOW, "routing_rules.yaml", faults=((3, 5, "en tabulator", "Brug mellemrum"),), more=2),
    RulesRefused(NOW, "routing_rules.yaml", "gone"),
    RulesRefused(NOW, "routing_rules.yaml", "started", version=3),
    RulesRefused(NOW, "routing_rules.yaml", "too_large", chat=ULLA),
    RulesRefused(NOW, "routing_rules.yaml", "unreadable", chat=ULLA),
    RulesMended(NOW, 3),
    TextsRefused(NOW, "own_texts.yaml", ((2, 3, "feltet {due} mangler", "Sæt det ind"),), 2),
    TextsRefused(NOW, "own_texts.yaml", ((2, 3, "feltet mangler", "Sæt det ind"),), started=True),
    TextsInForce(NOW, "own_texts.yaml", 2, ((3, 5, "»citizen.later«: kancelliord", "Læs den højt"),)),
    TextsInForce(NOW, "own_texts.yaml", 0),
    TextsBarred(NOW, ULLA, "same"),
    TextsBarred(NOW, ULLA, "unwritten"),
    RulesInForce(NOW, 4, "Ulla", ULLA, NOW, CHANGE),
    RulesInForce(
        NOW,
        4,
        "",
        0,
        NOW,
        CHANGE,
        mended=True,
        unwritten=True,
        lost=("812: - bænk",),
        warnings=((3, 5, "ordet", "Ret det"),),
    ),
    RulesInForce(NOW, 4, "Ulla", ULLA, NOW, Difference(), restored=2),
    RulesTried(NOW, ULLA, 5, "routing_rules-3.yaml", 3, CHANGE, 3, ((3, 5, "ordet er kort", "Skriv et længere"),)),
    RulesStale(NOW, ULLA, 5, 3, 4, "Tom", NOW, CHANGE),
    RulesStale(NOW, ULLA, 5, 3, 4, "", NOW, Difference()),
    RulesBarred(NOW, ULLA, "nobody", 5),
    RulesBarred(NOW, ULLA, "yourself", 5),
    RulesBarred(NOW, ULLA, "yourself", 0, 2, 4),
    RulesBarred(NOW, ULLA, "gone"),
    RulesBarred(NOW, ULLA, "same"),
    RulesLooked(NOW, ULLA, "en bænk", "idea", (("Trafik", 61.2, ("bænk",)), ("Natur", 9.0, ())), "Mette Holm", NOW, 5),
    RulesLooked(NOW, ULLA, "brand", "emergency", (), "", None, emergency="112"),
    RulesLooked(NOW, ULLA, "en bænk", "idea", (("Trafik", 61.2, ("bænk",)),), "Mette Holm", NOW, near="112"),
    *(RulesLooked(NOW, ULLA, "hej", kind, (), "", None) for kind in ("noise", "question", "status", "complaint")),
    *(RulesLooked(NOW, ULLA, "x", kind, (), "", None) for kind in ("service_request", "personal_case", "smalltalk")),
    RulesLooked(NOW, ULLA, "en bænk", "idea", (("Trafik", 61.2, ("bænk",)),), "Peter Dam", NOW, asks=True),
    RulesTried(NOW, ULLA, 5, "routing_rules-forslag.yaml", 3, CHANGE, 3, added=("+ 812:     - hvirvleri",)),
    RulesBarred(NOW, ULLA, "none"),
    RulesUnmatched(NOW, ULLA, 3, (("hvirvleri", 4, ("Idræt",)), ("brumlehus", 3, ()))),
    RulesUnmatched(NOW, ULLA, 3, ()),
    RulesListed(NOW, ULLA, ((4, "Ulla", NOW), (3, "", NOW))),
    RulesListed(NOW, ULLA, ((4, "Ulla", NOW), (3, "", NOW)), "versions"),
    RulesTold(NOW, ULLA, 4, "Ulla", NOW, CHANGE),
]


def step(event: Event, talk: Talk | None = None, target: Link | None = None, user: int = ULLA) -> Move:
    """One step of the whole dialogue, as the shell takes it."""
    person = Person(user, "Ulla" if user == ULLA else "Jonas")
    return dialogue.step(World(now=NOW, frame=FRAME, person=person, talk=talk or Talk(), target=target), event)


def writes(text: str = "", user: int = ULLA, **more: Any) -> Said:
    return Said(Chat(user, "private"), Sender(user, "Ulla"), (1,), NOW, text=text, **more)


def sends(name: str, user: int = ULLA, size: int = 340_000, **more: Any) -> Said:
    return writes(user=user, media=(Media("document", "f1", 1, name, size),), **more)


def presses(data: str, user: int = ULLA, chat: int | None = None) -> Pressed:
    where = Chat(user, "private") if chat is None else Chat(chat, "group")
    return Pressed(where, Sender(user, "Ulla"), 5, "cb", data, NOW)


def errands(effects: list[Effect]) -> list[tuple[str, int, str]]:
    return [(one.kind, one.number, one.text) for one in effects if isinstance(one, RulesErrand)]


def spoken(effects: list[Effect]) -> str:
    """All texts of these effects; the book is strict, so that a missing key or field fails here."""
    said = [one.content for one in effects if isinstance(one, Say)]
    said += [one.words for one in effects if isinstance(one, TellHumans)]
    said += [one.caption for one in effects if isinstance(one, SendRules)]
    for one in effects:
        for row in getattr(one, "buttons", ()):
            assert all(len(BOOK.label(button)) <= 28 for button in row)
    return "\n".join(BOOK.speak(content).plain for content in said)


@pytest.mark.parametrize("news", NEWS, ids=lambda news: type(news).__name__)
def test_all_news_can_be_told(news: RuleNews) -> None:
    move = step(news)
    text = spoken(move.effects)
    assert text
    assert "[" not in text
    assert "{" not in text.replace("{due}", "")


def test_a_broken_save_names_file_line_column_fault_and_what_was_expected() -> None:
    [told] = step(NEWS[0]).effects
    assert isinstance(told, TellHumans)
    assert BOOK.speak(told.words).plain == (
        "Jeg kan ikke bruge routing_rules.yaml.\n\nLinje 3, tegn 5: en tabulator. Brug mellemrum.\n\n"
        "Der er 2 fejl mere.\n\nDe gamle regler gælder stadig."
    )


def test_what_is_wrong_with_own_texts_is_told_to_all_admins_or_to_the_one_who_sent_them() -> None:
    fault = ((2, 3, "feltet {due} mangler i »citizen.receipt«", "Sæt det ind, hvor det passer"),)
    [told] = step(TextsRefused(NOW, "own_texts.yaml", fault)).effects
    assert isinstance(told, TellHumans)
    assert BOOK.speak(told.words).plain == (
        "Jeg kan ikke bruge own_texts.yaml.\n\nLinje 2, tegn 3: feltet {due} mangler i »citizen.receipt«. "
        "Sæt det ind, hvor det passer.\n\nDe tekster, der gjaldt før, gælder stadig."
    )
    [told] = step(TextsRefused(NOW, "own_texts.yaml", fault, chat=ULLA)).effects
    assert isinstance(told, Say)
    assert told.to == To(ULLA)
    [told] = step(TextsInForce(NOW, "own_texts.yaml", 1)).effects
    assert isinstance(told, TellHumans)
    assert BOOK.speak(told.words).plain == "I brug nu: 1 tekst fra own_texts.yaml."


def test_a_trial_shows_where_the_first_examples_went_and_what_proposals_add() -> None:
    text = spoken(step(RulesTried(NOW, ULLA, 5, "f.yaml", 3, CHANGE, 3, added=("+ 812: - hvirvleri",))).effects)
    assert "agent.\n«Flere bænke»: før Natur (Bo Lind), nu Byrum (Mette Holm)" in text
    assert "Linjer, der kommer til:\n+ 812: - hvirvleri" in text


def test_a_sentence_that_is_not_sure_is_told_as_one_that_the_citizen_is_asked_about() -> None:
    looked = RulesLooked(NOW, ULLA, "noget", "idea", (("Trafik", 31.0, ()),), "Peter Dam", NOW, asks=True)
    told = spoken(step(looked).effects)
    assert "spørger først borgeren, hvad den handler om. Ved borgeren det ikke, får Peter Dam den" in told
    assert "I dag ville" not in told


@pytest.mark.parametrize(
    ("said", "errand"),
    [
        (writes(command="rules"), ("list", 0, "")),
        (writes("regler"), ("list", 0, "")),
        (writes("regler 12"), ("list", 12, "")),
        (writes("Regler version 12"), ("list", 12, "")),
        (writes("12", command="rules"), ("list", 12, "")),
        (writes("prøv en bænk ved søen"), ("look", 0, "en bænk ved søen")),
        (writes("Prøv: en bænk"), ("look", 0, "en bænk")),
        (writes("en bænk", command="proev"), ("look", 0, "en bænk")),
        (sends("routing_rules-14.yaml"), ("judge", 14, "routing_rules-14.yaml")),
        (sends("routing_rules-14 (1).yaml"), ("judge", 14, "routing_rules-14 (1).yaml")),
        (sends("regler.yml"), ("judge", 0, "regler.yml")),
        (sends("routing_rules-9.txt"), ("judge", 9, "routing_rules-9.txt")),
        (sends("stor.yaml", size=19_000_000), ("barred", 0, "too large")),
        (presses("r_use:5"), ("use", 5, "")),
        (presses("r_drop:5"), ("drop", 5, "")),
        (presses("r_back:3:4"), ("back", 3, "")),
        (presses("r_tell:0"), ("tell", 0, "")),
        (presses("r_propose:0"), ("propose", 0, "")),
        (presses("r_words:0"), ("words", 0, "")),
        (presses("r_old:0"), ("list", 0, "versions")),
        (presses("r_get:0"), ("list", 0, "file")),
    ],
)
def test_what_an_admin_wants_is_asked_of_the_keeper(said: Event, errand: tuple[str, int, str]) -> None:
    assert errands(step(said).effects) == [errand]


@pytest.mark.parametrize("command", [name for name, _ in commands(BOOK, whose="admin_command")])
def test_every_command_of_the_admins_menu_is_understood(command: str) -> None:
    assert spoken(step(writes(command=command)).effects) or errands(step(writes(command=command)).effects)


def test_a_file_that_answers_the_rules_is_based_on_that_version() -> None:
    rules = Link(ULLA, 4, "rules", 0, 0, 0, 0, "9", NOW)
    assert errands(step(sends("mine.yaml", reply_to=4), target=rules).effects) == [("judge", 9, "mine.yaml")]


def test_nobody_else_can_send_rules_or_press_their_buttons() -> None:
    move = step(sends("routing_rules.yaml", JONAS), user=JONAS)
    assert "Kun de folk, der passer botten" in spoken(move.effects)
    assert errands(move.effects) == [("barred", 0, "sent a rules file")]
    for pressed in (presses("r_use:5", JONAS), presses("r_use:5", ULLA, chat=-1001)):
        assert errands(step(pressed, user=pressed.sender.id).effects) == [("barred", 0, "pressed a button")]
    for asked in ("regler", "regler 12"):
        assert errands(step(writes(asked, JONAS), user=JONAS).effects) == []
    assert errands(step(writes("regler for hunde på stranden")).effects) == [], "an admin may have an idea"


def test_words_are_tried_only_when_they_were_asked_for_and_answer_nobody() -> None:
    asked = step(presses("r_try:0")).talk
    assert errands(step(writes("en bænk"), asked).effects) == [("look", 0, "en bænk")]
    assert errands(step(writes("tak for det", reply_to=4), asked).effects) == []
    assert step(writes("en bænk"), asked).talk.asking is None
    assert step(writes("prøv")).talk.asking == Asking("rules_try")


def test_who_is_to_have_a_leavers_ideas_is_chosen_by_a_press_or_a_name_and_goes_along() -> None:
    asked = step(presses("r_heir:5:bo"))
    assert "Bo Lind" in spoken(asked.effects)
    typed = step(writes("signe"), asked.talk)
    assert typed.talk.form == Form("rules_heirs", 5, (("bo", "signe"),))
    assert "Signe Krag får idéerne fra Bo Lind" in spoken(typed.effects)
    pressed = step(presses("r_to:5:bo.mette"), typed.talk)
    assert pressed.talk.form == Form("rules_heirs", 5, (("bo", "mette"),))
    [used] = [one for one in step(presses("r_use:5"), pressed.talk).effects if isinstance(one, RulesErrand)]
    assert used.heirs == {"bo": "mette"}
    unknown = step(writes("Hugo"), asked.talk)
    assert "Det navn kender jeg ikke" in spoken(unknown.effects)


def test_an_agent_who_is_an_admin_is_named_in_full() -> None:
    frame = replace(FRAME, admins=frozenset({PETER}))
    world = World(now=NOW, frame=frame, person=Person(PETER, "Peter"), talk=Talk())
    [asked] = [one for one in dialogue.step(world, presses("r_use:5", PETER)).effects if isinstance(one, RulesErrand)]
    assert asked.who == "Peter Dam"


@pytest.mark.parametrize(
    ("act", "talk"),
    [
        (writes("prøv mit cpr er [***] og en bænk", cpr=1), Talk()),
        (writes("mit cpr er [***] og en bænk", cpr=1), Talk(asking=Asking("rules_try"))),
        (writes("viden om [***]", cpr=1), Talk()),
        (writes("Bo Lind [***]", cpr=1, command="inviter"), Talk()),
        (sends("routing_rules.yaml", text="nye regler til [***]", cpr=1), Talk()),
        (sends("raadene.md", text="en side til [***]", cpr=1), Talk()),
    ],
)
def test_what_an_admin_writes_with_a_cpr_number_goes_nowhere_is_deleted_and_counted(act: Said, talk: Talk) -> None:
    move = step(act, talk)
    assert errands(move.effects) == []
    assert [type(one).__name__ for one in move.effects] == ["Erase", "Note", "Say"]
    assert "cpr-nummer" in spoken(move.effects)
    assert move.talk == talk, "what was asked for is still asked for"


def test_a_citizen_who_sends_rules_with_a_cpr_number_hears_of_both() -> None:
    move = step(sends("routing_rules.yaml", JONAS, text="nye regler til [***]", cpr=1))
    assert [kind for kind, _, _ in errands(move.effects)] == ["barred"]
    assert "cpr-nummer" in spoken(move.effects)
    assert [one.kind for one in move.effects if isinstance(one, Note)] == ["cpr_removed"]
