"""What a citizen wants to be called: a name of their own choosing, the only one that staff see."""

import re
from dataclasses import replace

from bot.core import card, partners, places, status
from bot.core.card import say
from bot.core.effects import Note, Say
from bot.core.events import Said
from bot.core.world import Move

LONGEST = 40
_ASKED = re.compile(
    r"(?:kald mig|du (?:kan|må)(?: gerne| godt)? kalde mig|i (?:kan|må)(?: gerne| godt)? kalde mig"
    r"|jeg vil(?: gerne)? kaldes|you can call me|please call me|називайте мене|звіть мене|можете звати мене)"
    r"[\s:]+[\"'«»“”]?(?P<name>[^\W\d_][\w .’'-]{0,60}?)[\"'«»“”]?[.!]?",
    re.IGNORECASE,
)


def asked(move: Move, said: Said) -> bool:
    """Take the name, if that is all that the message says; it stands at the desk from now on."""
    found = _ASKED.fullmatch(said.text.strip())
    if found is None or len(found["name"].split()) > 3 or len(found["name"]) > LONGEST:
        return False
    name = found["name"].strip()
    move.person = replace(move.person, name=name)
    for initiative in status.open_initiatives(move):
        before = partners.name_of(initiative, move.person.id)
        renamed = replace(partners.rename(initiative, move.person.id, name), touched=move.world.now)
        move.save(renamed)
        move.do(Note(renamed.number, "renamed", name, "owner"))
        to = places.main_desk(renamed)
        if to is not None:
            move.do(Say(to, say("desk.own.renamed", before=before, name=name, n=renamed.number), silent=True))
        card.refresh(move, renamed)
    move.tell(move.words("citizen.own.renamed", name=name))
    return True
