"""Which language a text is written in, judged by what is written and never by the phone."""

from typing import NamedTuple

from bot.routing.spelling import words_as_written

_SIGNS = {
    "da": """
        i ve st have skulle havde få fået været sagde gør gøre ikk ik ka jer jeres ligger står
        og jeg er det der en et til at på med for ikke vi har som den kan af man de vil være var fra om mig så
        os hvor hvis noget kunne skal hvad lave også når blive bliver eller mere gerne hvordan hvornår min mit
        hej tak dem nogle efter sig op ud jer du ved mange andre selv mod hos sker hvem går får hele ind alle
        flere mange
    """,
    "en": """
        the and is to of a in we i it that for with you are have on can would my this not be there could what
        who how please at an our from would like some more by where they do does was been has their when me us
        one if but just about or into need hi hello thanks should your
    """,
    "sv": """
        och jag att är på med inte vi har som den för det av kan vill från om mig så var hur skulle också när
        bli eller mer gärna hej tack dom några efter ut två vid många andra själv barn vore
    """,
    "no": """
        og jeg er det en et til at på med ikke vi har som kan av vil fra hva hvordan hvor noe noen også når bli
        eller mer gjerne barna dere
    """,
    "de": """
        und ich ist das der die ein eine zu mit nicht wir haben sind für auf dem den von können könnte im es sie
        auch wie wo wer mehr gerne bitte hallo danke oder
    """,
    "fr": """
        et je est le la les un une de du des à nous vous que qui dans pour pas avec sur ce il elle sont avons
        bonjour merci plus ou
    """,
    "es": """
        y yo es el la los las un una de del que en por para con no se su mi hola gracias como más nos somos
        podría hay
    """,
    "pl": """
        i w na z do nie to jest się że jak mam my dla czy od po można są dzień dobry cześć proszę jestem
        mieszkamy
    """,
}  # fmt: skip
_LANGUAGES: dict[str, list[str]] = {}
"""The languages that each sign is one of."""
for _language, _signs in _SIGNS.items():
    for _sign in sorted(set(_signs.split())):
        _LANGUAGES.setdefault(_sign, []).append(_language)
_LATIN = "\u024f"
"""The last letter of the Latin blocks that are looked at."""
_UKRAINIAN = frozenset("іїєґ")
_RUSSIAN = frozenset("ыэъё")
_DANISH = "æø"
_LETTERS = ((_DANISH, "da", 2), ("łąęśżźćń", "pl", 3), ("¿¡ñ", "es", 3), ("ß", "de", 3))
"""Letters and signs by which a language is known, and how many words they are worth."""
FEW_WORDS = 2
"""A text this short needs more than one sign of a language that is not spoken here."""
SPOKEN = ("da", "en", "uk")


class Heard(NamedTuple):
    """A language, and whether the words themselves tell it; where they don't it counts as Danish."""

    lang: str
    told: bool


UNTOLD = Heard("da", told=False)


def tell_language(text: str) -> str:
    """ "da", "en", "uk" or "other"; what can't be told counts as Danish."""
    return hear_language(text).lang


def hear_language(text: str) -> Heard:
    """The same, with whether anything tells it: a number, a name or a word of two languages does not."""
    text = text[:2000].lower()
    there = set(text)
    if not any(map(str.isalpha, there)):
        return UNTOLD
    if max(there) > _LATIN:
        letters = [letter for letter in text if letter.isalpha()]
        cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in letters)
        if cyrillic * 2 > len(letters):
            return Heard("other" if not _UKRAINIAN & there and _RUSSIAN & there else "uk", told=True)
        foreign = sum(letter > _LATIN for letter in letters)
        if foreign * 2 > len(letters):
            return Heard("other", told=True)
    words = words_as_written(text)
    votes = dict.fromkeys(_SIGNS, 0)
    for word in words:
        for language in _LANGUAGES.get(word, ()):
            votes[language] += 1
    for signs, language, worth in _LETTERS:
        if not there.isdisjoint(signs):
            votes[language] += worth
    if there.isdisjoint(_DANISH) and not there.isdisjoint("äö"):
        votes["sv"] += 1
        votes["de"] += 1
    if votes["da"] == 0 and max(votes.values()) == 1 and len(words) <= FEW_WORDS:
        return Heard("en", told=True) if votes["en"] else UNTOLD
    best = max(votes, key=lambda language: (votes[language], language == "da", language == "en"))
    if not votes[best]:
        return UNTOLD
    if best not in SPOKEN:
        return Heard("da" if best == "no" else "other", told=True)
    return Heard(best, told=votes["da"] != votes["en"])
