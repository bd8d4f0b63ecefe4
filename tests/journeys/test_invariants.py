"""Each invariant catches what its words forbid: one honest tale, and the same tale with one sin in it."""

from collections.abc import Callable

import pytest

from tests.journeys import labels
from tests.journeys.invariants import all_hold
from tests.journeys.tale import (
    AASE,
    GROUP,
    KARIM,
    METTE,
    MONDAY,
    MORE,
    PETER,
    REPLY,
    ROLE,
    STAGE,
    TITLE,
    WEDNESDAY,
    WORDS,
    Tale,
    card,
    honest,
    said,
)

Sin = Callable[[Tale], object]
STEP = said("desk.next.your_answer", first="Mette", name="Aase")
STATUS = {"n": 1, "stage": STAGE, "agent": "Mette Holm", "role": ROLE, "who": "Mette Holm", "title": TITLE}


def asks_status(tale: Tale, **otherwise: str) -> None:
    """Aase asks where it stands, and reads something else than what the card says."""
    told = {**STATUS, "step": said("step.your_answer", first="Mette"), "due": MONDAY, "first": "Mette", **otherwise}
    tale.aase("status").to_aase(said("citizen.status.moving", **told))


def proposed(tale: Tale, answer: str, title: str = "Cykler i orden") -> None:
    """Mette proposes a title, Aase answers, and it stands on the card."""
    tale.does(METTE, "swipe", "Cykler i orden", GROUP)
    tale.says(
        AASE.id, said("citizen_step.title_ask", agent="Mette", n=1, old=TITLE, new="Cykler i orden"), labels.TITLE_YES
    )
    tale.shows("Aase er spurgt.").does(AASE, "press", answer)
    tale.to_group(card(STEP, MONDAY, title=title))


def open_to_karim(tale: Tale, words: str = WORDS, *, agreed: bool = True) -> None:
    """Karim reads Aase's idea, which she had opened."""
    if agreed:
        tale.does(AASE, "press", labels.text(labels.PUBLIC_OK)).to_aase("Nu kan andre følge den.")
    tale.does(KARIM, "text", "vis nr. 1").to_karim(f"{said('open.page', n=1, title=TITLE)}\n\n«{words}»")


def redacted(tale: Tale, *, told: bool) -> None:
    """Mette takes one line of Aase's out of the card."""
    two = card(STEP, MONDAY, words=f"{WORDS}\n{MORE}")
    tale.aase("ret").to_aase("Rettet.").shows(two)
    tale.does(METTE, "swipe", "/fjern", GROUP).shows(card(STEP, MONDAY))
    if told:
        tale.to_aase(said("citizen_step.redacted", agent="Mette Holm", first="Mette"))


def alert(tale: Tale, text: str) -> None:
    """Karim presses something, and an alert shows him this."""
    tale.does(KARIM, "press", "Vis")
    tale.calls[-1]["params"]["text"] = text


def in_a_hurry(tale: Tale) -> None:
    """Two messages without waiting, and five answers."""
    tale.does(AASE, "text", "hej", hurried=True).aase("hej igen")
    for count in range(5):
        tale.to_aase(f"Ja {count}.")


SINS: dict[str, Sin] = {
    "N1 STATUS names somebody else": lambda t: t.change("har ansvaret", AASE.id, "Mette Holm", "Bo Lind"),
    "N1 STATUS tells another date": lambda t: t.change("har ansvaret", AASE.id, "4. november", "5. november"),
    "N1 STATUS tells another hour": lambda t: t.change("har ansvaret", AASE.id, "kl. 16", "kl. 12"),
    "N1 STATUS tells another step": lambda t: asks_status(t, step="Mette måler op"),
    "N1 STATUS tells another of the bot's own steps": lambda t: asks_status(t, step=said("step.call", first="Mette")),
    "N1 the queue tells another step": lambda t: t.change("Nr. 1", PETER.id, "svarer Aase", "ringer til Aase"),
    "N1 the queue names somebody else": lambda t: t.change("Nr. 1", PETER.id, "Mette Holm", "Signe Krag"),
    "N1 the receipt tells another date": lambda t: t.change("har nr. 1", AASE.id, "4. november", "3. november"),
    "N1 the card names a team": lambda t: t.change("Ansvarlig", GROUP, "Mette Holm", "Teamet"),
    "N1 the card names a team of two words": lambda t: t.change("Ansvarlig", GROUP, "Mette Holm", "Teamet Trafik"),
    "N1 the card has a first name only": lambda t: t.change("Ansvarlig", GROUP, "Mette Holm", "Mette"),
    "N1 the card names two": lambda t: t.change(
        "Ansvarlig", GROUP, "Ansvarlig: Mette Holm", "Ansvarlig: Mette Holm\nAnsvarlig: Bo Lind"
    ),
    "N1 the card has no date": lambda t: t.change("Ansvarlig", GROUP, f", senest {MONDAY}", ""),
    "N1 a pinned card is left behind": lambda t: (
        t.aase("nå").to_aase("Ja.").says(METTE.id, card(STEP, "tirsdag den 17. november kl. 16"))
    ),
    "N1 the topic bears another name": lambda t: t.call("editForumTopic", GROUP, name=f"1 · Bo · {TITLE}"),
    "N1 a date has passed and the card is silent": lambda t: t.waits(30).does(KARIM, "text", "hej").to_karim("Hej."),
    "N1 a date in the past is told as if it were to come": lambda t: asks_status(
        t.waits(1), due="søndag den 1. november kl. 16"
    ),
    "N2 a citizen gets nothing": lambda t: t.aase("er I der"),
    "N2 the answer to a citizen is refused": lambda t: t.silence("som andre kan", KARIM.id),
    "N2 a press in the group spins on": lambda t: t.does(METTE, "press", "Mere", GROUP).calls.pop(),
    "N2 a press is written to and spins on": lambda t: t.does(AASE, "press", "Mere").to_aase("Ja.").calls.pop(-2),
    "N2 a command in the group gets nothing": lambda t: t.mette("/svar 1 Tak"),
    "N2 an answer to a prompt in the group gets nothing": lambda t: t.does(METTE, "swipe", "Ja tak til det", GROUP),
    "N2 an agent in private gets nothing": lambda t: t.does(PETER, "text", "/koe"),
    "N2 what is called sent never came": lambda t: t.silence(REPLY, AASE.id),
    "N2 what is called sent came to somebody else": lambda t: t.newest(REPLY, AASE.id).update(chat_id=PETER.id),
    "N2 what is called sent lost its end": lambda t: t.change(REPLY, AASE.id, "er der mest trængsel", ""),
    "N2 what a citizen is told was sent is nowhere": lambda t: t.silence(MORE, GROUP, 400),
    "N2 a part of what a citizen sent is nowhere": lambda t: t.change(MORE, GROUP, "når der ligger sne", ""),
    "N2 the card lacks words of the summary": lambda t: [
        call["params"].update(text=call["params"]["text"].replace(" så man kan komme forbi med rollator", ""))
        for call in t.calls
        if "Ord fra" in call["params"].get("text", "")
    ],
    "N3 an internal remark reaches the citizen": lambda t: t.to_aase("Hun er lidt besværlig, men idéen er god"),
    "N3 a marked word reaches the citizen": lambda t: t.to_aase("om det kunmellemos"),
    "N3 a CPR number stands on the card": lambda t: t.aase("mit er 2512489996").shows("2512489996"),
    "N3 a CPR number is said back in pieces": lambda t: t.aase("251248-9996").to_aase("251248 - 9996"),
    "N3 staff read a username": lambda t: t.to_group("Skriv til @aase_w1952"),
    "N3 staff read a last name": lambda t: t.says(METTE.id, "Aase Winther har skrevet"),
    "N3 staff get an id in a button": lambda t: (
        t.to_group("Se")
        .calls[-1]["params"]
        .update(reply_markup={"inline_keyboard": [[{"text": "Se", "callback_data": f"see:{AASE.id}"}]]})
    ),
    "N3 a topic bears a last name": lambda t: t.call("editForumTopic", GROUP, name="1 · Mette · Winthers cykler"),
    "N3 an alert tells a username": lambda t: alert(t, "aase_w1952 har skrevet"),
    "N3 a citizen reads another one's words": lambda t: t.to_karim(f"En anden skrev: {WORDS}"),
    "N3 a citizen reads a number that is not open": lambda t: t.to_karim("Det ligner nr. 1."),
    "N3 a citizen opens a page that is not open": lambda t: open_to_karim(t, agreed=False),
    "N3 a citizen reads another one's name": lambda t: t.to_karim("Aase har sagt ja."),
    "N3 a citizen reads another one's last name": lambda t: t.to_karim("Fru Winther har sagt ja."),
    "N3 a citizen reads another one's telephone number": lambda t: (
        t.aase("ring 20 30 40 50").to_aase("Tak.").to_karim("Ring 20304050")
    ),
    "N3 a citizen reads where another one lives": lambda t: (
        t.aase("jeg bor Ordrupvej 112").to_aase("Tak.").to_karim("Det er ved Ordrupvej 112.")
    ),
    "N3 a file tells it": lambda t: (
        t.call("sendDocument", KARIM.id, caption="Listen").calls[-1].update(file=f"1;{WORDS}")
    ),
    "N3 a group of strangers reads of an idea": lambda t: t.says(-100777, f"Nyt: {TITLE}, nr. 1"),
    "N3 a group of strangers reads a name": lambda t: t.says(-100777, "Det er Aase."),
    "N3 a message is forwarded": lambda t: t.call("forwardMessage", GROUP, from_chat_id=AASE.id),
    "N3 a name is a link to a person": lambda t: t.call(
        "sendMessage", GROUP, text="Aase", entities=[{"type": "text_mention"}]
    ),
    "N4 the title is somebody else's": lambda t: t.change("Ansvarlig", GROUP, TITLE, "Bedre cykelforhold"),
    "N4 the topic's title is somebody else's": lambda t: t.call(
        "editForumTopic", GROUP, name="1 · Mette · Bedre cykelforhold"
    ),
    "N4 the summary is somebody else's": lambda t: t.change("Ansvarlig", GROUP, WORDS, "hun vil have en cykelkælder"),
    "N4 the summary is rewritten": lambda t: t.change("Ansvarlig", GROUP, "så man kan", "så man altid kan"),
    "N4 the summary is shortened and nobody says so": lambda t: redacted(t, told=False),
    "N4 the title is cut anew by an agent": lambda t: t.does(METTE, "press", "Mere", GROUP).says(
        GROUP, card(STEP, MONDAY, title="Flere cykelstativer")
    ),
    "N4 a proposal stands before there is a yes": lambda t: proposed(t, labels.text(labels.TITLE_NO)),
    "N4 another title than the one that was shown": lambda t: proposed(
        t, labels.text(labels.TITLE_YES), "Orden på stationen"
    ),
    "N4 the open page is somebody else's words": lambda t: open_to_karim(t, "Borgeren ønsker flere stativer"),
    "N5 a text promises a result": lambda t: t.to_aase("Det skal nok blive til noget."),
    "N5 an alert promises a result": lambda t: alert(t, "Kommunen ordner det."),
    "N5 a button promises a result": lambda t: (
        t.to_aase("Se")
        .calls[-1]["params"]
        .update(reply_markup={"inline_keyboard": [[{"text": "Det klarer vi", "callback_data": "x"}]]})
    ),
    "N5 a word of somebody's hides nothing": lambda t: t.aase("bliver").to_aase("Det bliver bygget."),
    "N5 a no too far away is none": lambda t: t.to_aase("Ikke i dag og ikke på mandag, men så: det klarer vi."),
    "N6 three messages": lambda t: t.aase("hej").to_aase("Hej.").to_aase("Ja.").to_aase("Nå."),
    "N6 two questions in one message": lambda t: t.aase("hej").to_aase("Hvem? Og hvornår?"),
    "N6 two questions in two messages": lambda t: t.aase("hej").to_aase("Hvem?").to_aase("Hvornår?"),
    "N6 a short word of somebody's hides no question": lambda t: t.aase("hvem").to_aase("Hvem? Hvem?"),
    "N6 five messages for two in a hurry": in_a_hurry,
}

FAIR: dict[str, Sin] = {
    "nothing more": lambda t: t,
    "STATUS says what the card says": asks_status,
    "a title that was shown and agreed to": lambda t: proposed(t, labels.text(labels.TITLE_YES)),
    "an idea that its citizen has opened": open_to_karim,
    "words that are taken out and told of": lambda t: redacted(t, told=True),
    "a promise in the citizen's own words": lambda t: t.aase("kommunen ordner det vel").says(
        AASE.id, "Du siger: «kommunen ordner det vel»"
    ),
    "a question in the citizen's own words": lambda t: t.aase("kan vi få lys?").says(
        AASE.id, "Du siger: «kan vi få lys?» Hvor er det mørkt?"
    ),
    "no promise": lambda t: t.to_aase("Det er ikke sikkert, det bliver bygget."),
    "a date that has passed and is owned up to": lambda t: t.waits(30).says(
        GROUP,
        card(STEP, MONDAY).replace("\n\nOrd fra", f"\nOverskredet: datoen var {MONDAY}\n\nOrd fra"),
        method="editMessageText",
        message=7,
    ),
    "a number that is no CPR number": lambda t: t.aase("sag 9912489996").says(AASE.id, "9912489996"),
}


@pytest.mark.parametrize("sin", SINS)
def test_a_sin_is_caught_by_its_invariant(sin: str) -> None:
    tale = honest()
    SINS[sin](tale)
    with pytest.raises(AssertionError, match=f"^{sin[:2]}: "):
        all_hold(tale.traffic())


@pytest.mark.parametrize("deed", FAIR)
def test_what_is_fair_is_let_through(deed: str) -> None:
    tale = honest()
    FAIR[deed](tale)
    all_hold(tale.traffic())


def test_only_what_came_since_the_last_time_is_judged() -> None:
    tale = honest()
    SINS["N5 a text promises a result"](tale)
    traffic = tale.traffic()
    traffic.start = type(traffic.start)(tale.calls[-1]["n"], len(tale.acts), 1)
    all_hold(traffic)
    assert WEDNESDAY in str(tale.calls), "and the tale is not empty"
