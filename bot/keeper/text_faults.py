"""What can be wrong in the municipality's own texts, in Danish and English: what it is, and what to write instead."""

from bot.routing.faults import Wording

TEXT_FAULTS: dict[str, Wording] = {
    "no_texts": Wording(
        "filen er ikke en fil med tekster", "Begynd med et sprog: »da:«",
        "this is no file of texts", 'Begin with a language: "da:"',
    ),
    "unknown_lang": Wording(
        "»{lang}« er ikke et af bottens sprog", "Sprogene er: {known}",
        '"{lang}" is none of the bot\'s languages', "The languages are: {known}",
    ),
    "lang_first": Wording(
        "»{lang}« er en tekst, og der står ikke, hvilket sprog den er på",
        "Skriv »da:« på linjen over, og begynd linjen her med to mellemrum",
        '"{lang}" is a text, and it does not say in which language',
        'Write "da:" on the line above, and begin this line with two spaces',
    ),
    "a_list": Wording(
        "under »{lang}« står en liste", "Slet bindestregen, så linjen begynder med tekstens navn",
        'under "{lang}" there is a list', "Delete the hyphen, so that the line begins with the text's name",
    ),
    "unknown_key": Wording(
        "der er ingen tekst, som hedder »{key}«", "Se navnene med skab texts",
        'there is no text called "{key}"', "See the names with skab texts",
    ),
    "fixed": Wording(
        "»{key}« er en kommandos navn, og det kan ikke ændres her", "Slet linjen",
        '"{key}" is the name of a command, which can\'t be changed here', "Delete the line",
    ),
    "no_text": Wording(
        "»{key}« er tom", "Skriv teksten, eller slet linjen, så gælder bottens egen tekst",
        '"{key}" is empty', "Write the text, or delete the line, so that the bot's own text holds",
    ),
    "one_text": Wording(
        "»{key}« skal være én tekst", "Skriv den efter kolon, i anførselstegn",
        '"{key}" must be one text', "Write it after the colon, in quotes",
    ),
    "bends": Wording(
        "»{key}« følger et tal", "Skriv den for hver form: {forms}",
        '"{key}" follows a number', "Write it for each form: {forms}",
    ),
    "form_missing": Wording(
        "»{key}« mangler formen {form}", "Skriv den for hver form: {forms}",
        '"{key}" lacks the form {form}', "Write it for each form: {forms}",
    ),
    "brace": Wording(
        "»{found}« i »{key}« hører ikke til et felt", "Slet tegnet, eller skriv feltet helt ud",
        '"{found}" in "{key}" belongs to no field', "Delete the sign, or write the whole field",
    ),
    "bold": Wording(
        "to stjerner i »{key}« bliver ikke lukket", "Sæt ** i begge ender af det, der skal stå med fed",
        'two stars in "{key}" are not closed', "Put ** at both ends of what is to stand out",
    ),
    "field": Wording(
        "»{found}« i »{key}« er ikke et felt", "Felterne er: {known}",
        '"{found}" in "{key}" is no field', "The fields are: {known}",
    ),
    "no_field": Wording(
        "»{found}« i »{key}« er ikke et felt", "Teksten har ingen felter: slet de krøllede parenteser",
        '"{found}" in "{key}" is no field', "The text has no fields: delete the curly braces",
    ),
    "form": Wording(
        "datoen i »{key}« kan ikke skrives på måden »{found}«", "Vælg en af: {known}",
        'the date in "{key}" can\'t be written in the way "{found}"', "Choose one of: {known}",
    ),
    "field_missing": Wording(
        "feltet {found} mangler i »{key}«", "Sæt det ind, hvor det passer",
        'the field {found} is missing in "{key}"', "Put it in where it fits",
    ),
    "language": Wording(
        "»{key}« ser ikke ud til at være skrevet på det sprog, den står under ({lang})", "Flyt den, eller oversæt den",
        '"{key}" does not seem to be written in the language that it stands under ({lang})', "Move or translate it",
    ),
    "too_long": Wording(
        "»{key}« har {count} tegn, og der er plads til {most}", "Skriv den kortere",
        '"{key}" has {count} characters, and there is room for {most}', "Write it shorter",
    ),
    "slip": Wording(
        "»{key}«: {slip}", "Læs den højt, og skriv den, som du ville sige den",
        '"{key}": {slip}', "Read it aloud, and write it as you would say it",
    ),
    "bare": Wording(
        "»{key}«: knappen »{said}« siger ikke, hvad den svarer på",
        "Skriv det med, så den kan høres alene: »Ja, vis idéen«",
        '"{key}": the button "{said}" does not say what it answers',
        'Say it too, so that it can be heard alone: "Yes, show it"',
    ),
    "not_understood": Wording(
        "»{key}« beder folk om at skrive »{word}«, men det forstår botten ikke", "Brug et ord, som botten forstår",
        '"{key}" asks people to write "{word}", which the bot does not understand', "Use a word that it understands",
    ),
}  # fmt: skip
"""Every fault and warning by its key."""
