"""Plays in which staff act: the talk, the stages, the meetings, colleagues, and the archive.

What becomes of them stands in `told/`, a file a play.
"""

from tests.stories.acts import BENCHES, FLOWERS, STEP, brought, stepped, taken
from tests.stories.stage import Stage


def an_idea_is_sent_and_talked_about(stage: Stage) -> None:
    """Sent, taken, answered, answered back, corrected, taken back."""
    brought(stage)
    stage.writes("Aase", "hvad sker der nu?")
    stage.presses("Mette", "take", group=1)
    stage.presses("Mette", "take", group=1)
    stage.writes("Mette", "vi må huske at spørge Bo", group=1)
    stage.presses("Mette", "reply", group=1)
    stage.writes("Mette", "Tak, Aase. Hvor mange cykler er der?", group=1, to="newest")
    stage.writes("Aase", "mindst fyrre")
    stage.edits("Aase", "mindst halvtreds")
    stage.writes("Mette", "/svar Tak. Må jeg ringe torsdag?", group=1)
    stage.edits("Mette", "Tak. Må jeg ringe fredag?", group=1)
    stage.presses("Mette", "undo", group=1)
    stage.writes("Aase", "slet min sidste besked")
    stage.writes("Aase", "ring")
    stage.writes("Aase", "12345678")
    stage.writes("Bo", "jeg kan godt hjælpe", group=1)
    stage.presses("Bo", "help", group=1)
    stage.presses("Bo", "help", group=1)
    stage.writes("Aase", "tak")
    stage.writes("Aase", "hvem er du?")
    stage.writes("Mette", "det her er til dig", group=1, to="take")
    stage.presses("Mette", "out", group=1)
    stage.presses("Mette", "in", group=1)


def an_initiative_goes_through_its_stages(stage: Stage) -> None:
    """Every form: a step, a trial and what was learned, waiting, realising, back, and done."""
    taken(stage)
    stage.presses("Mette", "next", group=1)
    stage.presses("Mette", "form:1:step", group=1)
    stage.writes("Mette", "Hvad: måler op\nHvem: nogen\nHvornår: i går", group=1, to="newest")
    stage.writes("Mette", STEP, group=1, to="newest")
    stage.presses("Mette", "form_fix", group=1)
    stage.writes("Mette", "Hvad: måler pladsen op igen", group=1, to="newest")
    stage.presses("Mette", "form_ok", group=1)
    stage.writes("Aase", "hvad sker der nu?")
    stage.waits(days=9)
    stepped(stage, "trial", "Hvad: prøver tre stativer\nHvem: Mette Holm\nHvornår: 30. november\nMed: grundejerne\n"
            "Kigger efter: om de bruges")  # fmt: skip
    stage.waits(days=20)
    stage.writes("Aase", "de bliver brugt hver dag")
    stepped(stage, "learned", "Lært: de bliver brugt\nHvad: køber flere\nHvem: Mette Holm\nHvornår: 15. december")
    stepped(stage, "waiting", "Hvad: budgettet\nHvem: Byrådet\nHvornår: 20. januar")
    stepped(stage, "realising", "Hvad: stiller dem op\nHvem: Mette Holm\nHvornår: 1. februar\nSelv: viser hvor")
    stepped(stage, "back", "Hvorfor: pladsen er optaget\nHvad: finder en anden\nHvem: Mette Holm\nHvornår: 1. marts")
    stage.presses("Mette", "more", group=1)
    stepped(stage, "done", "Ti stativer ved stationen")
    stage.presses("Aase", "on_yes")
    stage.waits(days=30)
    stage.presses("Aase", "survey")
    stage.presses("Aase", "i_reopen")
    stage.writes("Aase", "de er allerede fyldt op")
    stage.waits(days=3)


def the_municipality_may_not(stage: Stage) -> None:
    """A no in part, a whole no with its reason, and the citizen who asks back."""
    taken(stage)
    stepped(stage, "partly", "Må ikke: grave ved sporet\nHvorfor: loven siger nej.\nGår videre: stativer på torvet\n"
            "Hvem: Mette Holm\nHvornår: 12. november")  # fmt: skip
    stepped(stage, "may_not", "Hvad: stille noget op\nHvorfor: pladsen er ikke vores.\nI stedet: spørg banen")
    stage.presses("Aase", "ask")
    stage.writes("Aase", "hvem ejer pladsen så?")
    stage.writes("Mette", "/svar Det gør banen", group=1)
    stage.presses("Mette", "reopen", group=1)
    stepped(stage, "can_not", "Hvad: betale\nHvorfor: der er ingen penge.\nI stedet: søg en fond")
    stage.writes("Aase", "det er jeg ked af")


def colleagues_pass_it_on(stage: Stage) -> None:
    """Asked, refused, asked again, silent, taken; and who answers for what, in lists."""
    for asked in ("/mine", "/koe", "/overskredet", "/i_dag", "/personer", "/vis 1"):
        stage.writes("Peter", asked)
    taken(stage)
    stage.presses("Mette", "pass:1", group=1)
    stage.presses("Mette", "pass_to", group=1)
    stage.writes("Mette", "hun kender skolen", group=1, to="newest")
    stage.writes("Mette", "/videre", group=1)
    stage.writes("Mette", "/videre Signe hun kender skolen", group=1)
    stage.presses("Signe", "pass_no")
    stage.writes("Mette", "/videre Signe prøv igen", group=1)
    stage.waits(days=2)
    stage.writes("Mette", "/videre Signe en gang til", group=1)
    stage.presses("Signe", "pass_yes")
    stage.writes("Aase", "så skriver jeg bare videre")
    stage.writes("Signe", "ja, gør endelig det")
    stage.presses("Signe", "out")
    stage.writes("Signe", "/svar 1 Ja, gør endelig det")
    stage.writes("Bo", "/giv", group=1)
    stage.writes("Signe", "/spoerg Bo er der plads?")
    stage.writes("Signe", "/spoerg 1 Bo er der plads?")
    stage.writes("Bo", "ja, ved skuret", to="newest")
    for who in ("Signe", "Peter", "Karen"):
        for asked in ("/mine", "/koe", "/overskredet", "/i_dag", "/personer", "/vis 1"):
            stage.writes(who, asked)
    for asked in ("/hvorfor 1", "/tal", "/hjaelp", "/vroevl", "/vis 9", "/start"):
        stage.writes("Signe", asked)
    stage.presses("Signe", "show")
    stage.waits(days=3)
    stage.writes("Peter", "/overskredet")
    stage.writes("Peter", "/personer")


def an_agent_is_away(stage: Stage) -> None:
    """Away with ideas on the desk: a stand-in by the rules, new ones go elsewhere; back again; a day by letter."""
    brought(stage)
    brought(stage, "Jonas", "cykelsti langs strandvejen for skolebørn")
    stage.presses("Mette", "take", group=1)
    stage.writes("Mette", "/morgen 8.30")
    stage.writes("Mette", "/morgen kl")
    stage.writes("Mette", "væk")
    stage.writes("Mette", "væk 3/11-13/11")
    stage.writes("Mette", "/vaek i går")
    stage.presses("Mette", "away:0:week")
    stage.waits(days=2)
    brought(stage, "Karim", "lavere fart på kystvejen")
    stage.writes("Aase", "er du der?")
    stage.writes("Peter", "/koe")
    stage.writes("Mette", "tilbage")
    stage.writes("Mette", "tilbage")
    stage.presses("Mette", "away:0:next")
    stage.presses("Mette", "away_off:0")
    stage.waits(days=3)
    stage.writes("Mette", "/morgen fra")
    stage.blocks("Mette")
    stage.waits(days=1)
    stage.blocks("Mette", away=False)


def an_agent_enters_an_idea(stage: Stage) -> None:
    """For a citizen without Telegram: entered, corrected, answered aloud, deleted; another taken over by a link."""
    stage.writes("Lone", "/opret")
    stage.writes("Lone", "Navn: Ruth\nFra: telefonen", to="newest")
    stage.writes("Lone", f"Svar: ring tirsdag\nIdé: {BENCHES}", to="newest")
    stage.presses("Mette", "take", group=1)
    stage.writes("Mette", "/svar Tak, Ruth. Hvor på torvet?", group=1)
    stage.presses("Mette", "told", group=1)
    stepped(stage, "step", STEP)
    stage.writes("Bo", "/slet 1", group=1)
    stage.writes("Mette", "/slet", group=1)
    stage.presses("Mette", "forget_no", group=1)
    stage.writes("Mette", "/kode 1", group=1)
    stage.writes("Jonas", "/start min_1_forged")
    stage.writes("Jonas", "/start min_1_fresh")
    stage.writes("Jonas", "hvad sker der nu?")
    stage.writes("Lone", f"/opret Navn: Ib\nFra: boden\nSvar: brev\nIdé: {FLOWERS}")
    stage.waits(days=3)
    stage.writes("Bo", "/slet", group=2)
    stage.presses("Bo", "forget_yes:2", group=2)


def the_case_is_kept(stage: Stage) -> None:
    """What the archive wants: a number, a note, the case file, a name taken out; templates, posters, a name for it."""
    taken(stage)
    for asked in (
        "/sag EMN-2026-01234", "/sag vrøvl", "/sagsmappe", "/notat talte med hende", "/notat", "/skabelon",
        "/fjern nabo", "/fjern", "/plakat torvet", "/plakat", "/plakater", "/hvorfor", "/kode", "/slet", "/tal",
    ):  # fmt: skip
        stage.writes("Mette", asked, group=1)
    stage.presses("Mette", "fill", group=1)
    stage.writes("Mette", "Hej, det er min nabo Ib, ring 12345678", group=1, to="reply")
    stage.presses("Mette", "astray", group=1)
    stage.writes("Mette", "/svar Tak, det var til en anden", group=1)
    stage.presses("Mette", "astray", group=1)
    stage.writes("Mette", "mit cpr er 010190-1234", group=1)
    stage.writes("Jonas", "/start torvet")


def somebody_is_barred(stage: Stage) -> None:
    """Somebody frightens staff: who may bar, how it is written, what still works, and the two ways in which it ends."""
    taken(stage)
    stage.writes("Mette", "/spaer 14 Trusler", group=1)
    for typed in ("/spaer", "/spaer Trusler", "/spaer 14 Trusler mod en kollega"):
        stage.writes("Peter", typed, group=1)
    stage.presses("Peter", "bar_no", group=1)
    stage.writes("Peter", "/spaer 14 Trusler mod en kollega", group=1)
    stage.presses("Peter", "bar_yes", group=1)
    for said in ("I er nogle idioter", "hvad sker der nu?", "der er brand i kælderen", "ring"):
        stage.writes("Aase", said)
    stage.writes("Peter", "/spaer", group=1)
    stage.presses("Peter", "bar_lift", group=1)
    stage.writes("Aase", "undskyld")
    stage.writes("Peter", "/spaer 2 Trusler igen", group=1)
    stage.presses("Peter", "bar_yes", group=1)
    stage.waits(days=3)
    stage.writes("Aase", "nu er jeg rolig igen")


def a_meeting_and_a_showing(stage: Stage) -> None:
    """Times are proposed, chosen, given up, refused; the idea is shown to a council and gets another title."""
    taken(stage)
    stage.presses("Aase", "meet_wish:1")
    stage.presses("Mette", "form:1:meeting", group=1)
    stage.writes("Mette", "mødetid: fredag 6/11 kl. 15, mandag 9/11 kl. 10 · Byens Hus", group=1, to="newest")
    stage.presses("Mette", "form_ok", group=1)
    stage.presses("Aase", "meet:")
    stage.writes("Aase", "der skal være plads til en kørestol")
    stage.presses("Aase", "access_no")
    stage.waits(days=3)
    stage.presses("Aase", "meet_off")
    stepped(stage, "meeting", "mødetid: mandag 16/11 kl. 15, tirsdag 17/11 kl. 10 · Byens Hus")
    stage.presses("Aase", "meet_no")
    stepped(stage, "meeting", "mødetid: onsdag 18/11 kl. 15 · på telefonen")
    stage.presses("Aase", "meet:")
    stage.waits(days=15)
    stepped(stage, "show", "Hvor: Seniorrådet\nHvornår: 30. november\nTekst: En borger vil have flere stativer")
    stage.presses("Aase", "show_ok")
    stepped(stage, "show", "Hvor: Handicaprådet\nHvornår: 30. november\nTekst: En borger vil have flere stativer")
    stage.presses("Aase", "show_no")
    stepped(stage, "title", "Stativer ved stationen")
    stage.presses("Aase", "title_ok")
    stepped(stage, "title", "Noget helt andet")
    stage.presses("Aase", "title_no")
    stage.presses("Mette", "form:1:other", group=1)


def two_become_one(stage: Stage) -> None:
    """An agent proposes that two initiatives become one: a no, and then two yeses."""
    taken(stage)
    brought(stage, "Jonas", "cykelstativer ved hellerup station")
    stage.presses("Jonas", "i_public:2")
    stage.presses("Jonas", "i_public_ok")
    stepped(stage, "merge", "9")
    stepped(stage, "merge", "2")
    stage.presses("Aase", "merge_no")
    stepped(stage, "merge", "nr. 2")
    stage.presses("Aase", "merge_ok")
    stage.presses("Jonas", "join_yes")
    stage.writes("Aase", "så er vi to")
    stage.writes("Jonas", "hvad sker der nu?")


def nobody_knows_whose_it_is(stage: Stage) -> None:
    """An idea that no rule is sure of: the citizen is asked, does not know, and the coordinator gets it."""
    stage.writes("Aase", "noget helt nyt som ingen har tænkt på før")
    stage.writes("Aase", "bare noget rart for alle")
    stage.presses("Aase", "d_skip")
    stage.presses("Aase", "d_send")
    stage.presses("Aase", "d_topic:2:dont_know")
    stage.writes("Jonas", "en ny bro og en park med blomster og et bibliotek og en idrætshal")
    stage.presses("Jonas", "d_skip")
    stage.presses("Jonas", "d_send")
    stage.presses("Jonas", "d_topic")
    stage.presses("Peter", "take")
    stage.presses("Bo", "take", group=1)
    stage.presses("Bo", "over", group=1)
    stage.presses("Mette", "over", group=1)
    stage.presses("Mette", "help", group=1)
    stage.writes("Bo", "/svar Hej, jeg tager den", group=1)
    stage.presses("Bo", "reply:1", group=1)


PLAYS = (
    an_idea_is_sent_and_talked_about,
    an_initiative_goes_through_its_stages,
    the_municipality_may_not,
    colleagues_pass_it_on,
    an_agent_is_away,
    an_agent_enters_an_idea,
    somebody_is_barred,
    the_case_is_kept,
    a_meeting_and_a_showing,
    two_become_one,
    nobody_knows_whose_it_is,
)
