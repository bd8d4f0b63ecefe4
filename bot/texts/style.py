"""How a Danish text is judged: short, plain, to "du", without office words or promises; each slip told in words."""

import re
from typing import NamedTuple

from bot.texts.readers import CITIZEN, reader_of

MOST_IN_A_SENTENCE = 22
MOST_LIX = 40
FEWEST_FOR_LIX = 25
"""Words: a shorter text has too few for LIX to say anything."""

OFFICE = re.compile(
    r"\b(vedrørende|angående|såfremt|endvidere|ydermere|førnævnt|nærværende|henholdsvis|jævnfør|foranledig|fremsend"
    r"|henvendelse|tilkendegiv|iværksæt|effektuer|imødekom|imødese|meddel|bekendtgør|pågældende|hvorvidt|foreligge"
    r"|forelægge|foretag|sagsbehandl|sagsnummer|visiter|fagforvaltning)\w*"
    r"|\b(i henhold til|i medfør af|jf\.|rette henvendelse|i forbindelse med|med henblik på|på baggrund af"
    r"|snarest muligt|hurtigst muligt|desværre må vi)",
    re.IGNORECASE,
)
PROMISE = re.compile(
    r"garanter|(vi|jeg) lover(?! ikke)|bliver (gennemført|bygget|godkendt|til virkelighed)"
    r"|vil blive (gennemført|bygget|godkendt|imødekommet)|skal nok (komme|lykkes|blive)"
    r"|vi (bygger(?! (bro|på))|etablerer|betaler|overtager)|det klarer vi"
    r"|kommunen (sørger for|ordner|overtager|finder pengene)",
    re.IGNORECASE,
)
BARE = re.compile(
    r"(ja|nej|til dels|delvist|yes|no|partly|так|ні|частково|ok|okay)"
    r"([\s,.]+(ellers|tak|thanks|thank you|please|дякую|будь ласка))*\W*",
    re.IGNORECASE,
)
"""A button of which nobody knows what it answers who hears it without the text above it."""
_POLITE = re.compile(r"(?<=[a-zæøå,] )(De|Dem|Deres)\b")
_ABOUT_THE_READER = re.compile(r"\b(borgeren|man)\b", re.IGNORECASE)
_PASSIVE = re.compile(r"(?<!/)\b(?!\w+ernes\b)[a-zæøå]{2,}(?:e|å)s\b")
_LIKE_ONE = """
    alles andres anderledes deres fælles jeres kommunes menneskes borgeres vores rules likes
    enes findes følges færdes lykkedes lykkes længes mindes mødes mødtes samles synes skyldes trives
"""
"""Words that end like a passive and are none: whose something is, and what people do themselves or each other."""
_GUSHING = re.compile(r"\b(fantastisk|super|wow|perfekt|genial|vidunderlig|mega|kæmpe|skøn)\w*", re.IGNORECASE)
_BLAMING = re.compile(
    r"\b(ugyldig|input|forkert (format|svar)|du (har (glemt|tastet|skrevet forkert|misforstået)|burde))",
    re.IGNORECASE,
)
_FEELING = re.compile(
    r"\bjeg (føler|synes|mener|håber|ønsker|elsker|hører(?! til)|lytter|vurderer|glæder mig|tror"
    r"|(afgør|beslutter)(?! ing| ikke)|har (hørt|lyttet|vurderet|besluttet))\b|\btror jeg\b|\bdejligt\b",
    re.IGNORECASE,
)
_SHOUTED = re.compile(r"\b[A-ZÆØÅ]{4,}\b")
_NAMES_IN_CAPITALS = frozenset({"JSON", "START", "SKAB", "UTF", "ATOM"})
_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff]")
_STOP = re.compile(r"[!?:…]+|\n+|\.(?=\s|$)")
_NO_STOP = re.compile(r"\b(kl|nr|ca|fx|bl\.a|f\.eks|osv|evt|mv)\.|(?<=\d)\.(?= ?[a-zæøå\d])")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_BEFORE = 3
"""Words in which an "ikke" takes a promise back."""


class Slip(NamedTuple):
    """One thing that is not as it should be: what kind it is, and the words that it is about."""

    kind: str
    found: str

    def __str__(self) -> str:
        return f"{SLIPS[self.kind]}: {self.found}"


SLIPS = {
    "office": "kancelliord",
    "promise": "lover et resultat",
    "polite": "taler ikke til »du«",
    "passive": "siger ikke, hvem der gør det",
    "long": f"over {MOST_IN_A_SENTENCE} ord i en sætning",
    "lix": f"svær at læse (lixtal over {MOST_LIX})",
    "signs": "mere end ét spørgsmålstegn eller udråbstegn",
    "emoji": "mere end én emoji, eller en emoji først",
    "shouted": "store bogstaver",
    "gushing": "for store ord",
    "blaming": "giver læseren skylden",
    "feeling": "botten føler, hører eller bestemmer ikke",
    "click": "siger ikke, hvor der står noget",
}
"""What each kind of slip is called where an editor reads it."""


def slips(text: str) -> list[Slip]:
    """Everything in a text to citizens that it should not have."""
    return [*_wrong_words(text, for_citizens=True), *_hard_to_read(text), *_signs(text)]


def slips_for_staff(text: str) -> list[Slip]:
    """Everything in a text to staff that it should not have: they know office life, and are not spoken to in it."""
    shouts = [Slip("signs", "!")] if text.count("!") > 1 else []
    return [*_wrong_words(text, for_citizens=False), *_hard_to_read(text), *shouts]


def _hard_to_read(text: str) -> list[Slip]:
    said = sentences(text)
    found = [Slip("long", " ".join(one)) for one in said if len(one) > MOST_IN_A_SENTENCE]
    if sum(map(len, said)) >= FEWEST_FOR_LIX and lix(text) > MOST_LIX:
        found.append(Slip("lix", f"{lix(text):.0f}"))
    return found


def slips_of(key: str, text: str) -> list[Slip]:
    """The slips of the Danish text with this key, by who reads it."""
    return slips(text) if reader_of(key) == CITIZEN else slips_for_staff(text)


def promises(text: str) -> list[str]:
    """Words that promise a result; with "ikke" within the three words before they don't."""
    hits = PROMISE.finditer(text)
    return [hit.group() for hit in hits if "ikke" not in re.findall(r"\w+", text[: hit.start()].lower())[-_BEFORE:]]


def sentences(text: str) -> list[list[str]]:
    """The words of each sentence; a sentence ends at `.` `!` `?` `:` or a line break, but not at "kl." or "4."."""
    whole = _NO_STOP.sub(lambda found: found.group().replace(".", ""), text)
    parts = (re.findall(r"[\w’'-]+", part) for part in _STOP.split(whole))
    return [words for words in parts if words]


def lix(text: str) -> float:
    """Words a sentence plus the percentage of long words; names and *sparringsagent* are no long words."""
    said = sentences(text)
    count = sum(map(len, said))
    if not count:
        return 0.0
    long = sum(1 for words in said for place, word in enumerate(words) if _is_long(word, place))
    return count / len(said) + 100 * long / count


def _is_long(word: str, place: int) -> bool:
    if len(word) <= 6 or word.lower().startswith("sparringsagent") or (place > 0 and word[0].isupper()):
        return False
    return _WORD.match(word) is not None


def _wrong_words(text: str, *, for_citizens: bool) -> list[Slip]:
    patterns = {"office": OFFICE, "polite": _POLITE, "gushing": _GUSHING}
    if for_citizens:
        patterns |= {"blaming": _BLAMING, "feeling": _FEELING}
    found = [Slip(kind, hit.group()) for kind, pattern in patterns.items() for hit in pattern.finditer(text)]
    found += [Slip("promise", hit) for hit in promises(text)]
    passives = (hit.group() for hit in _PASSIVE.finditer(text))
    found += [Slip("passive", word) for word in passives if word not in _LIKE_ONE.split()]
    if not for_citizens:
        return found
    shouted = (hit.group() for hit in _SHOUTED.finditer(text))
    found += [Slip("shouted", word) for word in shouted if word not in _NAMES_IN_CAPITALS]
    found += [Slip("polite", hit.group()) for hit in _ABOUT_THE_READER.finditer(text)]
    return found + [Slip("click", "klik her") for _ in range("klik her" in text.lower())]


def _signs(text: str) -> list[Slip]:
    found = [Slip("signs", sign) for sign in "!?" if text.count(sign) > 1]
    emoji = _EMOJI.findall(text)
    if len(emoji) > 1 or (emoji and text.lstrip().startswith(emoji[0])):
        found.append(Slip("emoji", "".join(emoji)))
    return found
