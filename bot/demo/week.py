"""A week at the sparring agents' desk, played by the real process with the clock moved: each step is seen."""

from datetime import datetime
from typing import Any

from babel.dates import format_datetime

from bot.demo.script import AASE, IDEA, METTE, Missing, Stage
from bot.demo.town import SEATS, STAFF_CHAT

BEGINS = "2026-11-02T09:10:00+01:00"
JONAS, KARIM = 1002, 1003
BO, SIGNE, LONE, PETER, KAREN = SEATS["bo"], SEATS["signe"], SEATS["lone"], SEATS["peter"], SEATS["karen"]
YARD = "en grønnere skolegård med klatretræer på skolen"
FLOWERS = "bivenlige vilde blomster i vejkanten langs hele skoven"
EJNAR = "Navn: Ejnar\nFra: Deltag-bilen\nSvar: ring 60 70 80 90\nIdé: flere bænke på torvet ved Ordrup Station"
TIMES = "mødetid: fredag 6/11 kl. 15, mandag 9/11 kl. 10 · Byens Hus"
TRIAL = """Hvad: sår vilde blomster langs 50 meter af vejen
Hvem: Bo Lind
Hvornår: 1/6-2027
Sammen med: naboerne
Kigger efter: om bierne kommer
Karim selv: tæller bier"""
INTERNAL = "Bo, har vi stativer tilovers?"
WHO = """En uge ved sparringsagenternes bord. Det er den rigtige bot i en sandkasse, med uret flyttet frem.

Borgere: Aase, Jonas og Karim, og Ejnar, som ikke har Telegram.
Sparringsagenter: Mette og Bo svarer i gruppen, Signe og Lone i hver deres egen chat, Farid begge steder.
Peter er koordinator. Karen er hans leder.
"""
Message = dict[str, Any]


async def week(stage: Stage) -> None:
    """Monday to Friday; raises `Missing` at the first step that is not seen."""
    # What a group takes in a minute is Telegram's to say, and a demonstration need not wait for it.
    await stage.town.act("limits", enforce=False)
    await _settled(stage)
    stage.show(WHO)
    await _at(stage, BEGINS)
    thread = await _monday(stage)
    await _at(stage, "2026-11-03T10:00:00+01:00")
    await _tuesday(stage)
    await _at(
        stage, "2026-11-03T16:00:00+01:00", "Arbejdsdagen før datoen bliver de mindet om den, som ikke har svaret"
    )
    await stage.expect(LONE, "husk nr. 3", note="en påmindelse arbejdsdagen før")
    await _at(stage, "2026-11-04T08:00:00+01:00", "Peter får dagens liste, som han bad om")
    await stage.expect(PETER, "Godmorgen, Peter", note="dagens liste klokken otte")
    await _at(
        stage,
        "2026-11-04T16:00:00+01:00",
        "Tre har ikke svaret til tiden. De selv, koordinatoren og borgerne hører det",
    )
    await _wednesday(stage)
    await _at(stage, "2026-11-05T09:00:00+01:00")
    await _thursday(stage, thread)
    await _at(stage, "2026-11-06T08:00:00+01:00", "Bo er tilbage og har sin idé igen")
    await _friday(stage, thread)


async def _settled(stage: Stage) -> None:
    """Everybody has been told how it works; that is not part of the week."""
    for person in SEATS.values():
        await stage.expect(person, "Sådan virker det", note="hjælp til hver agent")
    await stage.expect(STAFF_CHAT, "Botten har det, den skal bruge", note="gruppen er i orden")
    await stage.comes_to_rest(shown=False)


async def _monday(stage: Stage) -> int:
    """Three ideas come in, one of them by word of mouth; Mette takes hers. The thread of her idea."""
    await stage.tells("Aase sender en idé, og Mette får den")
    await _sends(stage, "Aase", AASE, IDEA, "Mette Holm")
    card = await stage.expect(STAFF_CHAT, "rollator", "Ansvarlig: Mette Holm", note="kort i gruppen")
    await stage.presses("Mette", METTE, card, "Tag den")
    await stage.expect(AASE, "Mette Holm har taget", note="Aase får navnet")
    thread: int = card["message_thread_id"]
    here = {"chat": STAFF_CHAT, "thread": thread}
    await stage.tells("Mette skriver til Bo i tråden, og så til Aase. Kun det sidste når ud")
    await stage.writes("Mette", METTE, INTERNAL, **here)
    await stage.writes("Mette", METTE, "/svar Tak, Aase. Hvornår på dagen er det værst?", **here)
    await stage.expect(AASE, "Mette Holm", "Hvornår på dagen er det værst?", note="svaret, og intet af det interne")
    await stage.expect(STAFF_CHAT, "Sendt til Aase", note="Sendt, når det er nået frem")
    await stage.tells("Jonas sender en idé, og Signe får den i sin egen chat")
    await _sends(stage, "Jonas", JONAS, YARD, "Signe Krag")
    await stage.expect(SIGNE, "klatretræer", note="kort i Signes egen chat")
    await stage.tells("Karim sender en idé, og Bo får den")
    await _sends(stage, "Karim", KARIM, FLOWERS, "Bo Lind")
    await stage.tells("Ejnar har fortalt sin idé ved Deltag-bilen. Peter skriver den ind for ham")
    await stage.writes("Peter", PETER, "/opret", chat=PETER)
    prompt = await stage.expect(PETER, "Navn", "Svar", note="skema til en idé fra én uden Telegram")
    await stage.writes("Peter", PETER, EJNAR, chat=PETER, reply_to=prompt["message_id"])
    await stage.expect(PETER, "er oprettet for Ejnar", "Mette Holm", "?start=min_", note="idéen og linket")
    await stage.expect(PETER, "scanne koden", note="linket som kode")
    await stage.tells("Peter beder om at få dagens liste hver morgen")
    await stage.writes("Peter", PETER, "/morgen 8", chat=PETER)
    await stage.expect(PETER, "kl. 8", note="dagens liste hver morgen")
    return thread


async def _tuesday(stage: Stage) -> None:
    """Signe asks Lone, and passes the idea on to Farid, who says yes; Bo is away."""
    await stage.tells("Signe spørger en kollega. Det er internt")
    await stage.writes("Signe", SIGNE, "/spoerg 2 Lone Kender du nogen, der planter træer?", chat=SIGNE)
    question = await stage.expect(LONE, "Signe Krag spørger Lone Bach", note="et spørgsmål fra en kollega")
    await stage.writes("Lone", LONE, "Ja, haveselskabet", chat=LONE, reply_to=question["message_id"])
    await stage.expect(SIGNE, "Lone Bach svarer", "haveselskabet", note="kollegaens svar")
    await stage.tells("Signe giver idéen videre. Farid skal sige ja, før Jonas hører det")
    await stage.writes("Signe", SIGNE, "/videre 2 Farid han kender haveselskabet", chat=SIGNE)
    farid = SEATS["farid"]
    asked = await stage.expect(farid, "vil give dig nr. 2", note="Farid bliver spurgt")
    await stage.presses("Farid", farid, asked, "Ja, jeg tager den")
    await stage.expect(JONAS, "Farid Nazari", note="Jonas får det nye navn, først nu")
    await stage.tells("Bo er væk i tre dage, så Lone passer hans idé")
    await stage.writes("Bo", BO, "væk 3/11-5/11", chat=BO)
    await stage.expect(BO, "Lone Bach", note="hvem der passer Bos idéer")
    await stage.expect(KARIM, "Lone Bach svarer så længe", note="Karim får afløserens navn")


async def _wednesday(stage: Stage) -> None:
    """The hour that was promised passes for three of them: nobody learns of it too late, and never in silence."""
    await stage.expect(LONE, "Overskredet:", "nr. 3", note="den ansvarlige hører det")
    await stage.expect(KARIM, "Vi lovede dig svar", "Lone Bach", note="én ærlig besked til Karim")
    await stage.expect(JONAS, "Vi lovede dig svar", "Farid Nazari", note="og én til Jonas")
    told = await stage.expect(STAFF_CHAT, "fortæl Ejnar", note="Ejnar skal høre det af et menneske")
    for _ in range(3):
        await stage.expect(PETER, "Overskredet:", note="koordinatoren hører det")
    await stage.tells("Peter ser, hvad der er forsinket, og hos hvem")
    await stage.writes("Peter", PETER, "/overskredet", chat=PETER)
    listed = await stage.expect(PETER, "forsinkede", "FORSINKET siden", "Nr. 3", note="listen over det forsinkede")
    await stage.presses("Peter", PETER, listed, _button_of(listed, "Nr. 3"))
    await stage.expect(PETER, "Ansvarlig: Lone Bach", note="kortet fra listen")
    await stage.tells("Lone svarer Karim. Mette ringer til Ejnar og siger bagefter, at hun har fortalt det")
    await stage.writes("Lone", LONE, "/svar 3 Undskyld, Karim. Hvor langs skoven tænker du på?", chat=LONE)
    await stage.expect(KARIM, "Hvor langs skoven", note="svaret, som stopper uret")
    await stage.expect(LONE, "Sendt til Karim", note="Sendt, når det er nået frem")
    here = {"chat": STAFF_CHAT, "thread": told["message_thread_id"]}
    await stage.writes("Mette", METTE, "/svar Undskyld, Ejnar. Hvor på torvet tænker du?", **here)
    call = await stage.expect(STAFF_CHAT, "fortæl Ejnar", "Hvor på torvet", note="svaret, som Mette ringer med")
    await stage.presses("Mette", METTE, call, "Jeg har fortalt det")
    await stage.expect(STAFF_CHAT, "Mette Holm har fortalt det til Ejnar", note="først nu er Ejnar svaret")


async def _thursday(stage: Stage, thread: int) -> None:
    """Mette and Aase agree on a meeting; Mette writes a note for the case."""
    here = {"chat": STAFF_CHAT, "thread": thread}
    await stage.tells("Aase svarer, og Mette foreslår et møde")
    await stage.writes("Aase", AASE, "om morgenen, når folk skal med toget", chat=AASE)
    said = await stage.expect(STAFF_CHAT, "når folk skal med toget", note="Aases svar i tråden")
    await stage.writes("Mette", METTE, "/vis", **here)
    card = await stage.expect(STAFF_CHAT, "Nr. 1 ·", "Ansvarlig: Mette Holm", note="kortet, som det står nu")
    await stage.presses("Mette", METTE, card, "Mere")
    more = await stage.expect(STAFF_CHAT, "hvad skal der ske", note="det, der ellers kan ske")
    await stage.presses("Mette", METTE, more, "Møde og andet")
    menu = await stage.expect(STAFF_CHAT, "nr. 1", note="møde, råd eller titel")
    await stage.presses("Mette", METTE, menu, "Foreslå et møde")
    prompt = await stage.expect(STAFF_CHAT, "tider", note="skema til mødet")
    await stage.writes("Mette", METTE, TIMES, reply_to=prompt["message_id"], **here)
    preview = await stage.expect(STAFF_CHAT, "Sådan læser Aase det", note="forhåndsvisning")
    await stage.presses("Mette", METTE, preview, "OK, send det")
    asked = await stage.expect(AASE, "Byens Hus", note="tiderne hos Aase")
    await stage.expect(STAFF_CHAT, "Sendt til Aase", note="Sendt, når det er nået frem")
    await stage.presses("Aase", AASE, asked, _button_of(asked, "9/11"))
    await stage.expect(AASE, "9. november", "Byens Hus", note="aftalen, med en fil til kalenderen")
    await stage.expect(STAFF_CHAT, "9. november", note="aftalen i tråden")
    await stage.tells("Mette sender en besked for meget og tager den tilbage")
    await stage.writes("Mette", METTE, "/svar Tag jakken med, vi går ud.", **here)
    sent = await stage.expect(STAFF_CHAT, "Sendt til Aase", note="Sendt, når det er nået frem")
    await stage.presses("Mette", METTE, sent, "Fortryd")
    await stage.expect(STAFF_CHAT, "Fjernet hos Aase", note="fortrudt, så længe der er tid")
    await stage.tells("Mette skriver et notat, som skal kunne findes igen")
    await stage.writes("Mette", METTE, "/notat Vej og Park har 20 stativer på lager", **here)
    await stage.expect(STAFF_CHAT, "Noteret internt", note="et notat til sagen")
    if said["message_thread_id"] != thread:
        raise Missing("Aases svar står ikke i hendes egen tråd")


async def _friday(stage: Stage, thread: int) -> None:
    """The day's list comes by itself; who has what; a trial; a poster; the whole case; what is late once more."""
    await stage.expect(PETER, "Godmorgen, Peter", note="dagens liste klokken otte")
    await stage.tells("Peter ser, hvem der har hvad")
    await stage.writes("Peter", PETER, "/personer", chat=PETER)
    await stage.expect(PETER, "Mette Holm:", "Farid Nazari:", "Bo Lind", note="hvem der har hvad; Bo er her igen")
    await _a_trial(stage)
    await stage.tells("Peter laver en plakat med en kode til Byens Hus")
    await stage.writes("Peter", PETER, "/plakat Byens Hus", chat=PETER)
    await stage.expect(PETER, "Plakaten til Byens Hus", note="en plakat med kode")
    here = {"chat": STAFF_CHAT, "thread": thread}
    await stage.tells("Mette lægger sagen i arkivet: borgerens ord, svarene, notatet og hvem der havde ansvaret")
    await stage.writes("Mette", METTE, "/sag EMN-2026-01234", **here)
    await stage.expect(STAFF_CHAT, "EMN-2026-01234", note="arkivets nummer")
    await stage.writes("Mette", METTE, "/sagsmappe", **here)
    await stage.expect(STAFF_CHAT, "til arkivet, som papir og som fil", note="sagsmappen")
    await stage.tells("Aase spørger, hvor langt den er")
    await stage.writes("Aase", AASE, "hvad sker der nu?", chat=AASE)
    await stage.expect(AASE, "Mette Holm", "Byens Hus", note="status: navn, skridt og dato")
    await _at(
        stage, "2026-11-06T16:00:00+01:00", "Farid svarede heller ikke til den nye dato. Nu hører lederen det også"
    )
    await stage.expect(KAREN, "Overskredet for anden gang", note="lederen hører det, der glipper to gange")
    await stage.expect(JONAS, "Vi lovede dig svar", note="Jonas hører det igen, med en ny dato")
    read = (await stage.town.look(f"chat/{AASE}", viewer=AASE))["messages"]
    if any(INTERNAL in str(message) for message in read):
        raise Missing("det interne er nået ud til Aase")
    await stage.tells("Det, Mette skrev til Bo i mandags, er ikke nået ud til Aase")


async def _a_trial(stage: Stage) -> None:
    """Bo is back and has his idea again; Karim has answered, and they try it in small."""
    await stage.tells("Karim svarer, og Bo vil prøve hans idé i det små")
    await stage.writes("Karim", KARIM, "ved indgangen fra Ordrupvej, der er kun græs i dag", chat=KARIM)
    said = await stage.expect(STAFF_CHAT, "kun græs i dag", note="Karims svar i tråden, hvor Bo er igen")
    here = {"chat": STAFF_CHAT, "thread": said["message_thread_id"]}
    await stage.writes("Bo", BO, "/vis", **here)
    card = await stage.expect(STAFF_CHAT, "Nr. 3 ·", "Ansvarlig: Bo Lind", note="kortet, som det står nu")
    await stage.presses("Bo", BO, card, "Næste skridt")
    menu = await stage.expect(STAFF_CHAT, "det næste for nr. 3", note="de næste skridt")
    await stage.presses("Bo", BO, menu, _button_of(menu, "i det små"))
    prompt = await stage.expect(STAFF_CHAT, "Kigger efter", note="skema til et forsøg")
    await stage.writes("Bo", BO, TRIAL, reply_to=prompt["message_id"], **here)
    preview = await stage.expect(STAFF_CHAT, "Sådan læser Karim det", note="forhåndsvisning")
    await stage.presses("Bo", BO, preview, "OK, send det")
    await stage.expect(KARIM, "50 meter", "1. juni", note="forsøget hos Karim")


async def _sends(stage: Stage, who: str, person: int, idea: str, agent: str) -> None:
    """From START to the receipt with a name and a date."""
    await stage.town.act("start", person=person)
    await stage.expect(person, "bot", note="velkomst")
    await stage.writes(who, person, idea, chat=person)
    asked = await stage.expect(person, "?", note="idéen spejlet og et spørgsmål")
    await stage.presses(who, person, asked, _button_of(asked, "Spring"))
    summary = await stage.expect(person, agent, note="opsummering")
    await stage.presses(who, person, summary, "Send idéen")
    await stage.expect(person, agent, "senest", note="kvittering")


async def _at(stage: Stage, moment: str, what: str = "") -> None:
    """What is left of the time before is printed, then the day with what it brings, and the clock is moved."""
    await stage.another_day()
    day = format_datetime(datetime.fromisoformat(moment), "EEEE 'den' d. MMMM 'kl.' H.mm", locale="da")
    stage.show(f"\n===== {day} =====\n")
    if what:
        await stage.tells(what)
    await stage.town.act("clock", set=moment)


def _button_of(message: Message, begins: str) -> str:
    """The whole label of the button that begins so, or holds it."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    labels = [key["text"] for row in rows for key in row]
    found = next((label for label in labels if begins in label), None)
    if found is None:
        raise Missing(f"der er ingen knap med {begins}, kun {', '.join(labels) or 'ingen'}")
    return str(found)
