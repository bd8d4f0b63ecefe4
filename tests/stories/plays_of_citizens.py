"""Plays in which citizens act: drafts, what is theirs, what is public, and the wrong door.

What becomes of them stands in `told/`, a file a play.
"""

from tests.stories.acts import BIKES, FLOWERS, STEP, brought, stepped, taken
from tests.stories.stage import Stage


def a_draft_grows_and_is_thrown_away(stage: Stage) -> None:
    """The way of a draft before it is sent: corrected, put by, thrown away and taken up again."""
    stage.writes("Aase", "/start")
    stage.writes("Aase", "hej")
    stage.writes("Aase", BIKES)
    stage.writes("Aase", "status")
    stage.writes("Aase", "måske flere stativer, og så en der samler de gamle op")
    stage.edits("Aase", "flere stativer, og en der samler de gamle op om foråret")
    stage.presses("Aase", "d_edit")
    stage.writes("Aase", "jeg vil gerne selv være med")
    stage.presses("Aase", "d_rewrite")
    stage.writes("Aase", "cykelstativer ved ordrup station, og nogen der samler de gamle cykler op")
    stage.presses("Aase", "d_later")
    stage.waits(days=1)
    stage.waits(days=3)
    stage.presses("Aase", "d_later")
    stage.presses("Aase", "d_drop")
    stage.presses("Aase", "d_undo")
    stage.writes("Aase", "smid væk")
    stage.presses("Aase", "d_send")
    stage.presses("Aase", "nonsense")
    stage.waits(days=40)


def a_promise_passes(stage: Stage) -> None:
    """Nobody answers: a reminder, the hour, the citizen told once, the leader told the second time."""
    brought(stage)
    stage.waits(days=1)
    stage.waits(days=2)
    stage.waits(days=4)
    stage.waits(days=7)
    stage.writes("Mette", "/svar Undskyld, Aase. Nu er jeg her", group=1)
    stage.waits(days=14)


def a_citizen_holds_the_reins(stage: Stage) -> None:
    """What a citizen can do with what is theirs: correct, pause, look for help, withdraw, regret, be forgotten."""
    taken(stage)
    stage.presses("Aase", "i_status")
    stage.presses("Aase", "i_edit")
    stage.writes("Aase", "det gælder også hellerup station")
    stage.presses("Aase", "i_public")
    stage.presses("Aase", "i_public_ok")
    stage.presses("Aase", "i_public_ok:1:old")
    stage.presses("Aase", "i_seek")
    stage.writes("Aase", "en der kan måle op")
    stage.presses("Aase", "seek_ok")
    stage.writes("Jonas", "nr. 1")
    stage.presses("Aase", "i_seek_off")
    stage.presses("Aase", "i_hide")
    stage.presses("Aase", "i_pause")
    stage.waits(days=20)
    stage.writes("Aase", "hvad sker der nu?")
    stage.presses("Aase", "i_regret")
    stage.presses("Aase", "i_withdraw")
    stage.presses("Mette", "reply", group=1)
    stage.presses("Mette", "next", group=1)
    stage.writes("Aase", "hej igen")
    stage.presses("Aase", "i_reopen")
    stage.writes("Aase", "/start")
    stage.writes("Aase", "privatliv")
    stage.writes("Aase", "hvorfor")
    stage.writes("Aase", "mine data")
    stage.presses("Aase", "own_copy:0")
    stage.presses("Aase", "own_forget:0")
    stage.presses("Aase", "own_no:0")
    stage.presses("Jonas", "i_withdraw:1")
    stage.presses("Aase", "own_forget:0")
    stage.presses("Aase", "own_yes:0")


def everybody_looks_on(stage: Stage) -> None:
    """What is public: listed, opened, followed, asked about, told of when it moves."""
    taken(stage)
    stage.presses("Aase", "i_public")
    stage.presses("Aase", "i_public_ok")
    stage.writes("Jonas", "offentlige")
    stage.presses("Jonas", "p_show:1")
    stage.presses("Jonas", "p_topic:0:trafik")
    stage.presses("Jonas", "p_list:0")
    stage.presses("Jonas", "p_file:0")
    stage.presses("Jonas", "p_week:1")
    stage.writes("Jonas", "følg 1")
    stage.writes("Jonas", "følg 7")
    stage.writes("Karim", "/start follow_1")
    stepped(stage, "step", STEP)
    stage.presses("Jonas", "ask_about:1")
    stage.writes("Jonas", "hvor mange bliver det?")
    stage.presses("Karim", "unfollow:1")
    stage.waits(days=12)
    stage.presses("Jonas", "p_week:0")
    stage.writes("Jonas", "hvad sker der nu?")
    stage.writes("Jonas", "stop")
    stage.writes("Karim", "tal")


def an_idea_like_another(stage: Stage) -> None:
    """A second citizen brings the same idea, follows, asks to join, gets a yes, talks along, and leaves."""
    taken(stage)
    stage.presses("Aase", "i_public")
    stage.presses("Aase", "i_public_ok")
    stage.writes("Jonas", "cykelstativer ved ordrup station")
    stage.presses("Jonas", "l_follow")
    stage.presses("Jonas", "l_own")
    stage.writes("Jonas", "smid væk")
    stage.writes("Jonas", "flere cykelstativer ved ordrup station")
    stage.presses("Jonas", "l_join")
    stage.presses("Aase", "join_yes")
    stage.writes("Jonas", "jeg kan stå ved stationen fredag")
    stage.writes("Mette", "/svar Godt, I er to om det", group=1)
    stage.writes("Aase", "fint, så kommer jeg også")
    stage.edits("Aase", "fint, så kommer jeg nok")
    stage.presses("Jonas", "i_status:1")
    stepped(stage, "step", STEP)
    stage.presses("Jonas", "i_leave:1")
    stage.writes("Karim", "cykelstativer ved ordrup station tak")
    stage.presses("Karim", "l_join")
    stage.waits(days=5)
    stage.presses("Aase", "join_no")
    stage.presses("Karim", "l_send")


def somebody_offers_help(stage: Stage) -> None:
    """An offer: shown what it fits, asked for, refused, kept, and given back."""
    taken(stage)
    stage.presses("Aase", "i_public")
    stage.presses("Aase", "i_public_ok")
    stage.presses("Mette", "form:1:seeks", group=1)
    stage.writes("Mette", "nogen der kan sætte cykelstativer op", group=1, to="newest")
    stage.presses("Mette", "form_ok", group=1)
    stage.presses("Aase", "seek_ok")
    stage.writes("Karim", "jeg er pensioneret smed og vil gerne hjælpe med at sætte cykelstativer op")
    stage.presses("Karim", "of_list")
    stage.presses("Karim", "of_pick")
    stage.presses("Karim", "of_ask")
    stage.presses("Aase", "join_yes")
    stage.writes("Karim", "jeg har også værktøj")
    stage.writes("Jonas", "jeg vil gerne hjælpe gamle med deres telefon")
    stage.presses("Jonas", "of_keep")
    stage.writes("Jonas", "jeg har tid om onsdagen")
    stage.presses("Peter", "take")
    stage.writes("Peter", "/svar 2 Tak, Jonas")
    stage.presses("Jonas", "of_back")
    stage.presses("Jonas", "of_gone")
    stage.writes("Karim", "jeg vil gerne hjælpe til på biblioteket")
    stage.presses("Karim", "of_idea")
    stage.waits(days=5)


def doors_and_dangers(stage: Stage) -> None:
    """The wrong door, danger, a CPR number, nonsense, a picture, a place, a voice; barred and back."""
    stage.writes("Aase", "der er brand i kælderen, hjælp")
    stage.presses("Aase", "calm")
    stage.writes("Aase", "jeg vil søge byggetilladelse til min carport")
    stage.presses("Aase", "wrong_door:0")
    stage.writes("Aase", "mit cpr-nummer er 010190-1234")
    stage.writes("Aase", "asdkjh qwe qwe")
    stage.writes("Aase", "?")
    stage.presses("Aase", "human:0")
    stage.presses("Aase", "call_me:0")
    stage.writes("Aase", "12345678")
    stage.writes("Aase", "hjælp")
    stage.writes("Aase", "I could help with english lessons for refugees")
    stage.writes("Jonas", FLOWERS)
    picture = {"file_id": "f", "file_unique_id": "u", "file_size": 1, "width": 9, "height": 9}
    stage.sends("Jonas", "a picture", photo=[picture])
    stage.sends("Jonas", "a voice", voice={"file_id": "v", "file_unique_id": "w", "file_size": 1, "duration": 4})
    stage.sends("Jonas", "a place", location={"latitude": 55.75, "longitude": 12.55})
    stage.sends("Jonas", "a place far away", location={"latitude": 10.0, "longitude": 12.55})
    stage.presses("Jonas", "d_inside:0")
    stage.presses("Jonas", "d_skip")
    stage.presses("Jonas", "d_send")
    stage.sends("Jonas", "a picture", photo=[picture], caption="her er det")
    stage.blocks("Jonas")
    stage.writes("Bo", "/svar Tak, Jonas", group=1)
    stage.writes("Bo", "/koe")
    stage.waits(days=3)
    stage.blocks("Jonas", away=False)
    stage.presses("Jonas", "w_read:0")
    for kind, body in (
        ("a contact", {"contact": {"phone_number": "+4512345678", "first_name": "Nabo"}}),
        ("a poll", {"poll": {"id": "1", "question": "?", "options": []}}),
        ("a sticker", {"sticker": {"file_id": "s", "file_unique_id": "t", "file_size": 1, "emoji": "x"}}),
        ("a story", {"story": {"id": 1}}),
    ):
        stage.sends("Jonas", kind, **body)
    stage.waits(days=6)


PLAYS = (
    a_draft_grows_and_is_thrown_away,
    a_promise_passes,
    a_citizen_holds_the_reins,
    everybody_looks_on,
    an_idea_like_another,
    somebody_offers_help,
    doors_and_dangers,
)
