"""Plays of plain words: no button is pressed where a word will do, and what is said at the wrong moment is met too.

What becomes of them stands in `told/`, a file a play.
"""

from tests.stories.acts import BENCHES, BIKES, FLOWERS, STEP, brought, stepped, taken
from tests.stories.stage import Stage

FILE = {"file_id": "d", "file_unique_id": "e", "file_size": 100}


def plain_words_instead_of_buttons(stage: Stage) -> None:
    """From an idea that is not told yet to the receipt, by words alone."""
    for words in (
        "smid væk", "fortryd", "jeg har en idé", BIKES, "jeg har en ny idé", "status", "nej", "nej", "ret",
        "det gælder også hellerup", "opsummering", "senere", "kald mig Aase Vinter", "smid væk", "fortryd", "ja",
        "ret", "det gælder også gentofte", "hvad sker der nu?", "jeg har fortrudt", "ja", "tak", "nej", "spring over",
        "slet min sidste besked", "offentlig", "pause", "kald mig Ib", "hvor gammel er du", "hvem er du",
    ):  # fmt: skip
        stage.writes("Aase", words)


def several_ideas_at_once(stage: Stage) -> None:
    """Which of them is meant is asked; each has its own line, on time, late, ended or refused."""
    brought(stage, "Aase", BIKES)
    for words in (FLOWERS, BENCHES):
        stage.writes("Aase", "/ny")
        brought(stage, "Aase", words)
    stage.presses("Mette", "take", group=1)
    stage.writes("Mette", "/svar Hvor mange?", group=1)
    stage.writes("Bo", "/svar Hvilken skov?", group=2)
    for words in (
        "den ved søen",
        "hvad sker der nu?",
        "jeg har fortrudt",
        "nr. 2",
        "ret",
        "hvordan går det med nr. 2?",
    ):
        stage.writes("Aase", words)
    stage.presses("Aase", "i_to:2")
    stage.presses("Aase", "i_regret:2")
    stage.writes("Aase", "det er vigtigt for os alle")
    stage.presses("Aase", "i_to:3")
    stepped(stage, "may_not", "Hvad: stille noget op\nHvorfor: pladsen er ikke vores.\nI stedet: spørg banen")
    stage.waits(days=6)
    stage.writes("Aase", "hvad sker der nu?")
    stage.presses("Aase", "i_withdraw:2")
    stage.writes("Aase", "hvad sker der nu?")
    stage.writes("Aase", "jeg har fortrudt")


def after_the_end(stage: Stage) -> None:
    """What has ended: words still reach the one who answered; nothing moves it any more until it is opened again."""
    taken(stage)
    stage.presses("Mette", "form:1:step", group=1)
    stage.presses("Aase", "i_withdraw")
    stage.writes("Mette", STEP, group=1, to="newest")
    for data in ("take:1", "over:1", "help:1", "reply:1", "next:1", "more:1", "form:1:step", "pass:1", "form_ok:1"):
        stage.presses("Mette", data, group=1)
    for data in ("over:1", "help:1", "take:1"):
        stage.presses("Bo", data, group=1)
    for words in ("/videre Signe tag den", "/svar Hej Aase", "/sag EMN-2026-01234", "/spoerg Bo hvad så?", "/skabelon"):
        stage.writes("Mette", words, group=1)
    for data in (
        "i_public:1", "i_seek:1", "i_hide:1", "i_pause:1", "i_edit:1", "i_regret:1", "i_status:1", "meet_wish:1",
        "meet:1:1", "show_ok:1:x", "title_ok:1", "seek_ok:1:x", "merge_ok:1:2", "join_yes:1:1-0", "ask:1", "survey:1:x",
        "i_withdraw:1", "i_to:1", "l_join:1", "l_follow:1", "p_show:1", "of_pick:1", "of_ask:1", "on_yes:1",
    ):  # fmt: skip
        stage.presses("Aase", data)
    stage.writes("Aase", "jeg vil alligevel gerne")
    brought(stage, "Jonas", BIKES)
    stage.presses("Mette", "form:2:done", group=2)
    stage.writes("Mette", "Ti stativer", group=2, to="newest")
    stage.presses("Mette", "form_ok", group=2)
    stage.writes("Jonas", "tak for hjælpen, hvornår kommer de?")
    stage.presses("Jonas", "i_withdraw:2")
    stage.writes("Mette", "/svar I morgen", group=2)
    stage.presses("Jonas", "on_no")
    stage.writes("Jonas", "hvad sker der nu?")


def an_offer_waits(stage: Stage) -> None:
    """An offer that is not sent: asked after, added to, reminded of, and at last an idea after all."""
    for words in (
        "jeg vil gerne hjælpe gamle med deres telefon", "status", "jeg har tid om onsdagen", "send", "ret",
        "jeg har også tid om torsdagen", "jeg har fortrudt",
    ):  # fmt: skip
        stage.writes("Karim", words)
    stage.edits("Karim", "jeg har tid om fredagen")
    stage.presses("Karim", "of_pick:9")
    stage.presses("Karim", "of_ask:9")
    stage.presses("Karim", "of_list:0:d")
    stage.waits(days=4)
    stage.waits(days=23)
    stage.writes("Karim", "status")
    stage.presses("Karim", "of_idea:0:d")
    stage.writes("Jonas", "jeg vil gerne hjælpe gamle med deres telefon")
    stage.presses("Jonas", "of_keep:0:d")
    stage.writes("Jonas", "hvad sker der nu?")
    stage.writes("Jonas", "jeg har fortrudt")
    stage.presses("Jonas", "i_public")
    stage.presses("Jonas", "of_back:1")
    stage.presses("Jonas", "of_gone:1")


def nothing_arrives(stage: Stage) -> None:
    """The citizen has barred the bot: each thing that was sent is told as it stands; back again, it is all there."""
    taken(stage)
    stage.writes("Mette", "/svar Hvor mange cykler?", group=1)
    stage.blocks("Aase")
    stepped(stage, "meeting", "mødetid: fredag 6/11 kl. 15 · Byens Hus")
    stepped(stage, "step", STEP)
    stepped(stage, "title", "Stativer ved stationen")
    stepped(stage, "show", "Hvor: Seniorrådet\nHvornår: 20. november\nTekst: En borger vil have flere stativer")
    stage.presses("Mette", "undo", group=1)
    stage.presses("Mette", "fix", group=1)
    stage.waits(days=8)
    stage.writes("Mette", "/koe", group=1)
    stage.blocks("Aase", away=False)
    stage.writes("Aase", "/start")
    stage.presses("Aase", "w_read")
    stage.presses("Aase", "w_read:0")
    stage.writes("Aase", "/start")


def a_step_is_mended(stage: Stage) -> None:
    """What was sent in a form is corrected by its button or by an edit, in time and too late, by its own and others."""
    taken(stage)
    stepped(stage, "step", STEP)
    stage.presses("Mette", "fix", group=1)
    stage.writes("Mette", "Hvad: måler to gange", group=1, to="newest")
    stage.presses("Mette", "form_ok", group=1)
    stage.edits("Mette", "Hvad: måler tre gange\nHvem: Bo\nHvornår: 13. november", group=1)
    stage.presses("Bo", "fix", group=1)
    stage.presses("Mette", "form_drop", group=1)
    stage.presses("Mette", "form:1:step", group=1)
    stage.presses("Mette", "form_drop", group=1)
    stage.writes("Mette", STEP, group=1, to="newest")
    stage.presses("Mette", "form_drop", group=1)
    stage.presses("Mette", "form:1:nothing", group=1)
    stage.presses("Mette", "form:1:step", group=1)
    stage.writes("Mette", "Hvad: " + "x" * 600 + "\nHvem: vi\nHvornår: når vi kan\nSelv: -", group=1, to="newest")
    stage.presses("Mette", "form:1:may_not", group=1)
    stage.writes("Mette", "Hvad: det\nHvorfor: a. b. c. d. e.\nI stedet: " + "ord " * 90, group=1, to="newest")
    stage.presses("Mette", "form:1:meeting", group=1)
    stage.writes("Mette", "mødetid: i går kl. 15 · Byens Hus", group=1, to="newest")
    stage.waits(days=3)
    stage.presses("Mette", "fix:1:114", group=1)


def files_of_all_kinds(stage: Stage) -> None:
    """Pictures, films, papers and what can't be carried, into a draft and into a talk, from both sides."""
    kinds = (
        ("a film", {"video": FILE | {"duration": 3, "width": 9, "height": 9}}),
        ("a paper", {"document": FILE | {"file_name": "plan.pdf", "mime_type": "application/pdf"}}),
        ("a raw picture", {"document": FILE | {"file_name": "IMG.heic", "mime_type": "image/heic"}}),
        ("a picture as a file", {"document": FILE | {"file_name": "IMG.jpg", "mime_type": "image/jpeg"}}),
        ("music", {"audio": FILE | {"duration": 3}}),
        ("a place", {"location": {"latitude": 55.75, "longitude": 12.55}}),
        ("something new", {"giveaway": {}}),
        ("dice", {"dice": {"emoji": "x", "value": 1}}),
    )
    stage.writes("Aase", BIKES)
    for what, body in kinds:
        stage.sends("Aase", what, **body)
    stage.sends("Aase", "a raw picture with words", caption="se her", **kinds[2][1])
    stage.presses("Aase", "d_skip")
    stage.presses("Aase", "d_send")
    stage.presses("Mette", "take", group=1)
    for what, body in kinds:
        stage.sends("Aase", what, **body)
        stage.sends("Mette", what, group=1, **body)
    stage.presses("Mette", "reply", group=1)
    stage.sends("Mette", "a poll to the prompt", group=1, to="newest", poll={"id": "1", "question": "?", "options": []})
    stage.sends("Mette", "a place to the prompt", group=1, to="newest", **kinds[5][1])
    stage.sends("Signe", "a poll", poll={"id": "1", "question": "?", "options": []})


PLAYS = (
    plain_words_instead_of_buttons,
    several_ideas_at_once,
    after_the_end,
    an_offer_waits,
    nothing_arrives,
    a_step_is_mended,
    files_of_all_kinds,
)
