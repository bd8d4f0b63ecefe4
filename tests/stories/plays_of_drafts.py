"""Plays of what comes in pieces and is taken back again: a draft that grows, and a talk that several share.

What becomes of them stands in `told/`, a file a play.
"""

from tests.stories.acts import BIKES, FLOWERS, brought, stepped, taken
from tests.stories.stage import Stage

PICTURE = {"file_id": "f", "file_unique_id": "u", "file_size": 1, "width": 9, "height": 9}


def a_draft_comes_in_pieces(stage: Stage) -> None:
    """A number mid-question, a change of mind, days between, a neighbour's name."""
    stage.writes("Aase", BIKES)
    stage.writes("Aase", "mit cpr er 251248-9996, og det er mest om aftenen")
    stage.edits("Aase", "det er mest om morgenen")
    stage.waits(days=3)
    stage.writes("Aase", "og der skal være læ for regnen")
    stage.writes("Aase", "nej vent, det er ikke cykelstativer, det er bænke man kan sidde på")
    stage.presses("Aase", "d_skip")
    stage.presses("Aase", "d_rewrite")
    stage.writes("Aase", "bænke ved stationen. Min nabo Jens Hansen på Skovvej 12 har en dårlig ryg")
    stage.edits("Aase", "bænke ved stationen. Min nabo har en dårlig ryg", back=0)
    stage.sends("Aase", "a picture", photo=[PICTURE])
    stage.presses("Aase", "d_edit")
    stage.writes("Aase", "de skal have ryglæn")
    stage.writes("Aase", "hvorfor")
    stage.presses("Aase", "d_send:1")
    stage.presses("Aase", "d_send")
    stage.edits("Aase", "de skal have ryglæn og armlæn", back=1)
    stage.presses("Aase", "i_public")
    stage.sends("Jonas", "a picture before any word", photo=[PICTURE])
    stage.writes("Jonas", "et sted at sidde")
    stage.waits(days=2)
    stage.writes("Jonas", "ved ordrup station")
    stage.presses("Jonas", "d_drop")
    stage.waits(days=40)


def several_share_a_talk(stage: Stage) -> None:
    """Two in one idea: what either deletes, changes or renames, what the agent takes back, and who goes."""
    taken(stage)
    stage.presses("Aase", "i_public")
    stage.presses("Aase", "i_public_ok")
    stage.writes("Jonas", "flere cykelstativer ved ordrup station")
    stage.presses("Jonas", "l_join")
    stage.presses("Aase", "join_yes")
    stage.writes("Jonas", "jeg har en svejser")
    stage.edits("Jonas", "jeg har en svejser og en bil")
    stage.writes("Jonas", "slet min sidste besked")
    stage.presses("Jonas", "i_erase")
    stage.writes("Aase", "kald mig Aase Vinter")
    stage.writes("Jonas", "kald mig Jo")
    stage.writes("Mette", "/svar Hej begge to", group=1)
    stage.edits("Mette", "/svar Hej begge to, vi ses", group=1)
    stage.presses("Mette", "undo", group=1)
    stage.writes("Mette", "/svar Til en anden", group=1)
    stage.presses("Mette", "astray", group=1)
    stage.writes("Mette", "/spoerg Peter Kender du pladsen?", group=1)
    stage.writes("Peter", "ja, den er kommunens", to="newest")
    stage.writes("Mette", "/spoerg Peter", group=1)
    stage.sends("Jonas", "a picture", photo=[PICTURE])
    stage.writes("Jonas", "hvad sker der nu?")
    stage.writes("Jonas", "hvorfor")
    stage.presses("Aase", "i_pause:1")
    stage.writes("Jonas", "er der nyt?")
    stage.writes("Aase", "nu er jeg klar igen")
    stepped(stage, "meeting", "mødetid: tirsdag 10/11 kl. 15, onsdag 11/11 kl. 10 · Byens Hus")
    stage.presses("Aase", "meet:")
    stage.waits(days=10)
    stage.presses("Jonas", "i_withdraw:1")
    stage.presses("Aase", "own_forget:0")
    stage.presses("Aase", "own_yes:0")
    stage.writes("Jonas", "hvad sker der nu?")
    stage.presses("Jonas", "i_withdraw:1")
    stage.writes("Jonas", "hvad sker der nu?")


def words_after_the_answer(stage: Stage) -> None:
    """What a citizen writes when it has ended, with one idea and with two; danger in the middle; a late yes."""
    taken(stage)
    brought(stage, "Jonas", FLOWERS)
    stepped(stage, "done", "Ti stativer står der nu")
    stage.writes("Aase", "tak for det")
    stage.writes("Aase", "hvornår kommer resten af dem?", to="newest")
    stage.presses("Aase", "on_yes")
    stage.presses("Aase", "on_no")
    stage.waits(days=5)
    stage.presses("Aase", "survey:1:0y")
    stage.presses("Aase", "survey:1:0n")
    stage.presses("Aase", "survey:1:1x")
    stage.presses("Aase", "i_reopen:1")
    stage.writes("Aase", "det brænder i skuret lige nu")
    stage.writes("Aase", "ingen fare")
    stage.writes("Jonas", "jeg har fortrudt")
    stage.presses("Jonas", "i_pause:2")
    stage.waits(days=20)
    stage.presses("Jonas", "i_withdraw:2")
    stage.writes("Jonas", "kan jeg få den igen?")
    stage.presses("Jonas", "i_reopen:2")


def english_all_the_way(stage: Stage) -> None:
    """Two who write English: every question, list, number, bridge, offer and ending in their own language."""
    stage.writes("Aase", "hello")
    stage.writes("Aase", "more bicycle racks at ordrup station please, the bicycles are lying in the way")
    stage.writes("Aase", "why")
    stage.writes("Aase", "edit")
    stage.writes("Aase", "they should have a roof")
    for data in ("d_skip", "d_drop", "d_undo", "d_send"):
        stage.presses("Aase", data)
    stage.presses("Mette", "take", group=1)
    for words in ("why", "numbers", "meetings", "public", "privacy", "call", "what can i ask about"):
        stage.writes("Aase", words)
    for data in ("numbers:0:by_month", "numbers:0:by_topic", "i_public", "i_public_ok", "i_seek:1"):
        stage.presses("Aase", data)
    stage.writes("Aase", "somebody who can weld")
    stage.presses("Aase", "seek_ok")
    stage.writes("Jonas", "more bicycle racks at ordrup station please")
    stage.presses("Jonas", "l_follow")
    stage.presses("Jonas", "l_join")
    stage.presses("Aase", "join_yes")
    stage.writes("Karim", "hello, who are you and what is this for")
    stage.writes("Karim", "I would like to offer my help with welding, I am a retired smith")
    stage.presses("Karim", "d_skip")
    stage.writes("Karim", "throw it away")
    stepped(stage, "meeting", "mødetid: tirsdag 10/11 kl. 15, onsdag 11/11 kl. 10 · Byens Hus")
    stage.presses("Aase", "meet:")
    stage.writes("Aase", "status")
    stage.writes("Jonas", "status")
    stage.waits(days=10)
    stepped(stage, "may_not", "Hvad: stille noget op\nHvorfor: pladsen er ikke vores.\nI stedet: spørg banen")
    stage.writes("Aase", "what happens now?")
    stage.writes("Jonas", "what happens now?")
    stage.writes("Aase", "edit")
    stage.writes("Aase", "only two of them")
    stage.writes("Aase", "i changed my mind")
    stage.presses("Aase", "i_pause:1")
    stage.writes("Aase", "status")
    stage.presses("Aase", "own_copy:0")
    stage.presses("Aase", "i_withdraw:1")
    stage.writes("Aase", "status")
    stage.writes("Jonas", "which ideas do i follow")


PLAYS = (a_draft_comes_in_pieces, several_share_a_talk, words_after_the_answer, english_all_the_way)
