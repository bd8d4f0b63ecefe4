"""What can be wrong in a rules file, in Danish and English: what it is, and what to write instead."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Wording(NamedTuple):
    """A fault in both languages; fields stand in {braces}."""

    what: str
    instead: str
    what_en: str
    instead_en: str


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault of a rules file. `line` and `column` count from 1; `refused` is False for a warning.

    `what` and `instead` are Danish; the same in English stands in `what_en` and `instead_en`.
    """

    line: int
    column: int
    what: str
    instead: str
    refused: bool = True
    what_en: str = ""
    instead_en: str = ""

    def __str__(self) -> str:
        return self.said("da")

    def said(self, lang: str) -> str:
        """The whole fault in one line, in Danish ("da") or English ("en")."""
        if lang == "en" and self.what_en:
            return f"line {self.line}, column {self.column}: {_sentence(self.what_en, self.instead_en)}"
        return f"linje {self.line}, tegn {self.column}: {_sentence(self.what, self.instead)}"


class Judged:
    """What came of a file that a human wrote: whatever it is, with the `problems` that were found."""

    __slots__ = ()
    problems: tuple[Problem, ...]

    @property
    def faults(self) -> tuple[Problem, ...]:
        """The problems that keep the file from being used."""
        return tuple(problem for problem in self.problems if problem.refused)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The problems that are told, but let the file be used."""
        return tuple(problem for problem in self.problems if not problem.refused)


def _sentence(what: str, instead: str) -> str:
    return f"{what}. {instead}" + ("" if instead.endswith(("?", ".")) else ".")


def fault(
    key: str,
    place: tuple[int, int],
    fields: Mapping[str, object],
    *,
    meant: str = "",
    refused: bool = True,
    among: Mapping[str, Wording] | None = None,
) -> Problem:
    """The problem of that key in FAULTS (or `among` others) at a place; `meant` is what the admin probably wanted."""
    wording = (among or FAULTS)[key]
    told = {name: str(value) for name, value in fields.items()}
    instead, instead_en = wording.instead.format_map(told), wording.instead_en.format_map(told)
    if meant:
        instead, instead_en = f"Mente du »{meant}«?", f'Did you mean "{meant}"?'
    return Problem(
        *place, wording.what.format_map(told), instead, refused, wording.what_en.format_map(told), instead_en
    )


FAULTS: dict[str, Wording] = {
    "too_big": Wording(
        "filen fylder {size} MB, og det er for meget", "En regelfil må fylde {most} MB",
        "the file is {size} MB, and that is too much", "A rules file may be {most} MB",
    ),
    "too_many": Wording(
        "filen har {count} ord og linjer, og det er for mange", "En regelfil må have {most}",
        "the file has {count} words and lines, and that is too many", "A rules file may have {most}",
    ),
    "empty": Wording("filen er tom", "Læg reglerne tilbage", "the file is empty", "Put the rules back"),
    "encoding": Wording(
        "filen er ikke gemt som UTF-8, så æ, ø og å kan ikke læses", "Gem den igen, og vælg tegnsættet UTF-8",
        "the file is not saved as UTF-8, so æ, ø and å can't be read", "Save it again, and choose UTF-8",
    ),
    "no_rules": Wording(
        "filen er ikke en regelfil", "Begynd med »kommune:«", "this is no rules file", 'Begin with "kommune:"',
    ),
    "too_deep": Wording(
        "for mange parenteser inde i hinanden", "Skriv reglerne fladere",
        "too many brackets within each other", "Write the rules flatter",
    ),
    "tab": Wording(
        "linjen er rykket ind med tabulator", "Brug mellemrum i stedet",
        "the line is indented with a tab", "Use spaces instead",
    ),
    "tab_inside": Wording(
        "der står en tabulator", "Brug mellemrum i stedet", "there is a tab", "Use spaces instead",
    ),
    "control": Wording(
        "der står et usynligt tegn, som ikke må være der", "Slet det, og skriv stedet igen",
        "there is an invisible character that may not stand there", "Delete it, and write the place again",
    ),
    "cpr": Wording(
        "der står noget, som ligner et cpr-nummer", "Tag det ud. Er det noget andet, så skriv ord imellem cifrene",
        "there is something like a CPR number", "Take it out. If it is something else, put words between the digits",
    ),
    "colon_missing": Wording(
        "der mangler et kolon", "Skriv »navn: værdi« med kolon og mellemrum",
        "a colon is missing", 'Write "name: value" with a colon and a space',
    ),
    "colon_extra": Wording(
        "der står et kolon, hvor der ikke må stå et",
        "Ret indrykningen eller kolonet i linjen over, eller sæt teksten i anførselstegn",
        "there is a colon where none may stand",
        "Mend the indent or the colon in the line above, or put the text in quotes",
    ),
    "quote_open": Wording(
        "et anførselstegn bliver ikke lukket", "Sæt anførselstegn i begge ender på samme linje",
        "a quote is not closed", "Put quotes at both ends on the same line",
    ),
    "quote_start": Wording(
        "teksten slutter med et anførselstegn, men begynder ikke med et", "Sæt anførselstegn i begge ender",
        "the text ends with a quote, but does not begin with one", "Put quotes at both ends",
    ),
    "list_open": Wording(
        "en liste bliver ikke lukket", "Sæt komma mellem ordene og ] til sidst",
        "a list is not closed", "Put commas between the words and ] at the end",
    ),
    "block_open": Wording(
        "en blok bliver ikke lukket", "Sæt komma mellem delene og }} til sidst",
        "a block is not closed", "Put commas between the parts and }} at the end",
    ),
    "indent": Wording(
        "linjen passer ikke med indrykningen omkring den", "Ret mellemrummene forrest i linjen",
        "the line does not fit the indent around it", "Mend the spaces at the beginning of the line",
    ),
    "alias": Wording(
        "»*« forrest gør ordet til en henvisning", "Sæt anførselstegn om ordet",
        '"*" at the beginning makes the word a reference', "Put the word in quotes",
    ),
    "first_sign": Wording(
        "et tegn kan ikke stå forrest", "Sæt anførselstegn om teksten",
        "a character can't stand first", "Put the text in quotes",
    ),
    "unreadable": Wording(
        "linjen kan ikke læses", "Se efter manglende kolon, anførselstegn eller indrykning",
        "the line can't be read", "Look for a missing colon, quote or indent",
    ),
    "tag": Wording(
        "»{tag}« er ikke tilladt her", "Skriv teksten uden udråbstegn foran",
        '"{tag}" is not allowed here', "Write the text without an exclamation mark before it",
    ),
    "reference": Wording(
        "filen bruger en henvisning (*), og det er ikke tilladt", "Skriv teksten ud",
        "the file uses a reference (*), and that is not allowed", "Write the text out",
    ),
    "field_name": Wording(
        "et felt skal hedde et ord", "Skriv »navn: værdi«", "a field's name must be a word", 'Write "name: value"',
    ),
    "twice": Wording(
        "»{name}« står to gange (første gang i linje {first})", "Slet den ene, eller saml dem",
        '"{name}" stands twice (first in line {first})', "Delete one, or put them together",
    ),
    "missing": Wording(
        "»{name}« mangler under »{owner}«", "Skriv »{name}: …«", '"{name}" is missing under "{owner}"',
        'Write "{name}: …"',
    ),
    "missing_in_item": Wording(
        "»{name}« mangler i punkt {number} under »{owner}«", "Skriv »{name}: …«",
        '"{name}" is missing in item {number} under "{owner}"', 'Write "{name}: …"',
    ),
    "no_value": Wording(
        "der står ingenting efter »{name}:«", "Skriv det, der mangler, eller slet linjen",
        'nothing stands after "{name}:"', "Write what is missing, or delete the line",
    ),
    "no_item": Wording(
        "et punkt i listen er tomt", "Skriv ordet, eller slet linjen",
        "an item of the list is empty", "Write the word, or delete the line",
    ),
    "missing_block": Wording(
        "»{name}« mangler i filen", "Skriv »{name}: …«", '"{name}" is missing in the file', 'Write "{name}: …"',
    ),
    "unknown_field": Wording(
        "»{name}« kendes ikke her", "Felterne hedder: {known}", '"{name}" is not known here', "The fields are: {known}",
    ),
    "choice": Wording(
        "»{input}« kan ikke stå her", "Vælg mellem {choices}", '"{input}" can\'t stand here', "Choose among {choices}",
    ),
    "date": Wording(
        "»{input}« er ikke en dato", "Skriv år-måned-dag, for eksempel 2026-07-06",
        '"{input}" is no date', "Write year-month-day, for example 2026-07-06",
    ),
    "string_type": Wording(
        "her skal stå en tekst", "Skriv et ord eller en sætning", "a text belongs here", "Write a word or a sentence",
    ),
    "int_parsing": Wording(
        "»{input}« er ikke et helt tal", "Skriv tallet med cifre", '"{input}" is no whole number',
        "Write the number in digits",
    ),
    "int_type": Wording(
        "her skal stå et helt tal", "Skriv tallet med cifre", "a whole number belongs here",
        "Write the number in digits",
    ),
    "float_parsing": Wording(
        "»{input}« er ikke et tal", "Skriv tallet med cifre og punktum", '"{input}" is no number',
        "Write the number in digits with a point",
    ),
    "bool_parsing": Wording(
        "»{input}« er hverken ja eller nej", "Skriv ja eller nej", '"{input}" is neither yes nor no',
        "Write yes or no",
    ),
    "list_type": Wording(
        "her skal stå en liste", "Skriv [et, to, tre], eller en linje pr. punkt med - foran",
        "a list belongs here", "Write [one, two, three], or a line an item that begins with -",
    ),
    "dict_type": Wording(
        "her skal stå en blok med felter", "Skriv »navn: værdi« på linjerne under, rykket ind",
        "a block of fields belongs here", 'Write "name: value" on the lines below, indented',
    ),
    "greater_than": Wording(
        "»{input}« er for lidt", "Skriv et tal over {gt}", '"{input}" is too little', "Write a number above {gt}",
    ),
    "greater_than_equal": Wording(
        "»{input}« er for lidt", "Skriv et tal fra {ge} og op", '"{input}" is too little',
        "Write a number from {ge} upwards",
    ),
    "less_than_equal": Wording(
        "»{input}« er for meget", "Skriv et tal, der højst er {le}", '"{input}" is too much',
        "Write a number of at most {le}",
    ),
    "too_short": Wording("listen er tom", "Skriv mindst ét", "the list is empty", "Write at least one"),
    "too_long": Wording("listen er for lang", "Højst {max_length}", "the list is too long", "At most {max_length}"),
    "time_parsing": Wording(
        "»{input}« er ikke et klokkeslæt", 'Skriv for eksempel "16:00"', '"{input}" is no time of day',
        'Write for example "16:00"',
    ),
    "other": Wording("»{input}« kan ikke læses", "Ret det", '"{input}" can\'t be read', "Mend it"),
    "blank": Wording(
        "der står ingenting mellem anførselstegnene", "Skriv ordet, eller slet linjen",
        "there is nothing between the quotes", "Write the word, or delete the line",
    ),
    "short": Wording(
        "ordet »{word}« er så kort, at det passer på næsten alt", "Skriv et længere ord, eller slet det",
        'the word "{word}" is so short that it matches almost everything', "Write a longer word, or delete it",
    ),
    "cue": Wording(
        "»{word}« har et tomt led eller et tegn, der ikke er et ord", "Se »Tegn« øverst i filen",
        '"{word}" has an empty part or a sign that is no word', 'See "Tegn" at the top of the file',
    ),
    "cue_short": Wording(
        "»{word}« passer på næsten alt", "Skriv et længere ord, eller slet det",
        '"{word}" matches almost everything', "Write a longer word, or delete it",
    ),
    "leading_zero": Wording(
        "»{input}« begynder med 0, og så læses tallet forkert", "Skriv Telegram-nummeret uden 0 forrest",
        '"{input}" begins with 0, so the number would be read wrongly', "Write the Telegram id without a leading 0",
    ),
    "day": Wording(
        "»{input}« er ikke en dag i året", "Skriv dag-måned, for eksempel 24-12",
        '"{input}" is no day of the year', "Write day-month, for example 24-12",
    ),
    "area": Wording(
        "området er tomt: syd skal være mindre end nord, og vest mindre end øst", "Byt tallene",
        "the area is empty: south must be less than north, and west less than east", "Swap the numbers",
    ),
    "absence": Wording(
        "fraværet slutter {last}, før det begynder {first}", "Byt fra og til",
        "the absence ends {last}, before it begins {first}", "Swap from and to",
    ),
    "one_question": Wording(
        "»{text}« ({code}) skal have præcis ét spørgsmålstegn", "Stil ét spørgsmål ad gangen",
        '"{text}" ({code}) must have exactly one question mark', "Ask one question at a time",
    ),
    "long_id": Wording(
        "id'et »{id}« er for langt", "Vælg et på højst {most} tegn; æ, ø og å tæller for to",
        'the id "{id}" is too long', "Choose one of at most {most} letters; æ, ø and å count as two",
    ),
    "unknown_topic": Wording(
        "emnet »{topic}« kendes ikke", "", 'the topic "{topic}" is not known', "",
    ),
    "topic_missing": Wording(
        "emnet »{topic}« mangler", "Læg blokken »{topic}:« tilbage under »emner:«",
        'the topic "{topic}" is missing', 'Put the block "{topic}:" back under "emner:"',
    ),
    "kind_missing": Wording(
        "slagsen »{kind}« mangler", "Læg blokken »{kind}:« tilbage under »slags:«",
        'the kind "{kind}" is missing', 'Put the block "{kind}:" back under "slags:"',
    ),
    "unknown_agent": Wording(
        "»{agent}« er ikke en af agenterne", "Agenterne er: {known}",
        '"{agent}" is not one of the agents', "The agents are: {known}",
    ),
    "shared_word": Wording(
        "ordet »{word}« står under både »{first}« og »{second}«, så det tæller mindre for begge",
        "Lad det blive, hvor det betyder mest",
        'the word "{word}" stands under both "{first}" and "{second}", so it counts less for both',
        "Let it stay where it means most",
    ),
    "small_word": Wording(
        "ordet »{word}« står i mange beskeder, som ikke handler om »{topic}«", "Slet det, eller skriv et længere ord",
        'the word "{word}" stands in many messages that are not about "{topic}"', "Delete it, or write a longer word",
    ),
    "kle_topic": Wording(
        "der er ikke noget emne »{topic}«, så dets KLE-ord tæller ikke", "Kør skab rules import-kle igen",
        'there is no topic "{topic}", so that its KLE words do not count', "Run skab rules import-kle again",
    ),
    "ring": Wording(
        "afløserne går i ring: {names}", "Når alle er væk, går ideen til {coordinator}",
        "the stand-ins run in a ring: {names}", "When all are away, the idea goes to {coordinator}",
    ),
    "same_number": Wording(
        "Telegram-nummeret {number} står også ved »{other}«", "Hver agent har sit eget nummer",
        'the Telegram id {number} stands at "{other}" too', "Each agent has an id of their own",
    ),
    "no_number": Wording(
        "{name} har intet Telegram-nummer, så ideerne går til {heir}",
        "Skriv »telegram: …« under »{agent}«, når nummeret kendes",
        "{name} has no Telegram id, so the ideas go to {heir}",
        'Write "telegram: …" under "{agent}" when the id is known',
    ),
    "same_name": Wording(
        "der er to agenter, som hedder {name}, så ingen kan se, hvem af dem der har ansvaret",
        "Skriv et mellemnavn på den ene, og skriv id'et, hvor de er ansvarlige",
        "two agents are called {name}, so nobody can see which of them is responsible",
        "Write a middle name for one, and the id where they are responsible",
    ),
    "string_too_long": Wording(
        "»{input}« er for langt", "Skriv højst {max_length} tegn",
        '"{input}" is too long', "Write {max_length} characters at most",
    ),
    "string_pattern_mismatch": Wording(
        "»{input}« kan ikke være et id", "Brug små bogstaver fra a til z, tal og _, højst 30 tegn",
        '"{input}" can\'t be an id', "Use small letters from a to z, digits and _, 30 at most",
    ),
    "template_field": Wording(
        "feltet {field} ({code}) findes ikke", "Felterne hedder: {known}",
        "there is no field {field} ({code})", "The fields are: {known}",
    ),
    "unknown_facet": Wording(
        "»{facet}« er ikke noget, botten kan se svar på, så der bliver spurgt om det, også når det er sagt",
        "Vælg mellem {known}",
        'the bot can\'t tell answers to "{facet}", so it asks even where that has been said', "Choose among {known}",
    ),
    "no_examples": Wording(
        "emnet »{topic}« har ingen eksempler, så intet siger til, når det ikke længere bliver fundet",
        "Skriv et par sætninger under »eksempler«, som folk ville skrive dem",
        'the topic "{topic}" has no examples, so nothing tells when it is no longer found',
        'Write a few sentences under "eksempler" as people would',
    ),
    "no_signpost": Wording(
        "der er ingen vejviser for »{kind}«", "Skriv en blok med »slags: {kind}« under »vejvisere:«",
        'there is no signpost for "{kind}"', 'Write a block with "slags: {kind}" under "vejvisere:"',
    ),
    "lost_example": Wording(
        "eksemplet »{example}« under »{topic}« finder »{found}« i stedet",
        "Flyt eksemplet, eller giv »{topic}« et ord, der står i det",
        'the example "{example}" under "{topic}" finds "{found}" instead',
        'Move the example, or give "{topic}" a word that stands in it',
    ),
}  # fmt: skip
"""Every fault by its key."""
