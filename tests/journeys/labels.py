"""The acceptance scenarios' capitals and the product's own buttons and words for them, in one place."""

# What a citizen presses or types.
SEND = "Send idéen"
EDIT = "Ret"
DROP = "Smid ud"
STATUS = "status"
SKIP = "Spring over"
NOT_NOW = "Ikke nu"
NO_LINE = "Spring over"
YES = "Ja"
PAUSE = "Sæt på pause"
WITHDRAW = "Træk tilbage"
ERASE_LAST = "Slet kopien"
FOLLOW = "Følg"
MAKE_PUBLIC = "offentlig"

# What an agent presses or types.
TAKE = "Tag den"
REPLY = "Svar {name}"
NEXT_STEP = "Næste skridt"
STAGE = "Trin"
CLOSE = "Afslut"
MAY_NOT = "Må ikke"
UNDO = "Fortryd"
OK = "OK"
TO_CITIZEN = "Til {name}"
INTERNAL = "Internt"
HELPER = "Vær medspiller"

# What a coordinator and everybody types.
QUEUE = "/koe"
PUBLIC = "/offentlige"


def reply(name: str) -> str:
    """The label of REPLY for that citizen."""
    return REPLY.format(name=name)


def to_citizen(name: str) -> str:
    """The label that sends a held message to that citizen."""
    return TO_CITIZEN.format(name=name)
