"""Days and hours in words, as each language writes them in running text."""

from datetime import datetime, timedelta

from babel.dates import format_datetime

FORMS = frozenset({"senest", "at", "day", "on", "until", "clock", "short", "date", "month", "slot", "full", "weekday"})
"""How a moment may be written in a text:

`senest` a deadline (after "senest", "by", "не пізніше") · `at` an appointment · `day` the day alone, as a subject ·
`on` the day on which · `until` the day as a limit (after "til", "until", "до") · `clock` the hour alone ·
`short` day and month in figures · `date` day, month and year, where years are looked back on · `month` month and year
`slot` a moment on a button, as short as can be · `full` with its year, for what is kept · `weekday` the weekday with
the hour, after "from" and "to". Danish and English need fewer of them; Ukrainian bends the weekday for each.
"""

_LOCALES = {"da": "da", "en": "en_GB", "uk": "uk"}

_PATTERNS = {
    "da": {
        "senest": "EEEE 'den' d. MMMM 'kl.' H.mm",
        "day": "EEEE 'den' d. MMMM",
        "clock": "'kl.' H.mm",
        "short": "d/M",
        "date": "d. MMMM y",
        "month": "MMMM y",
        "slot": "EEE d/M 'kl.' H.mm",
        "weekday": "EEEE 'kl.' H.mm",
        "full": "d. MMMM y 'kl.' H.mm",
    },
    "en": {
        "senest": "EEEE d MMMM 'at' HH:mm",
        "day": "EEEE d MMMM",
        "clock": "HH:mm",
        "short": "d MMM",
        "date": "d MMMM y",
        "month": "MMMM y",
        "slot": "EEE d MMM, HH:mm",
        "weekday": "EEEE 'at' HH:mm",
        "full": "d MMMM y 'at' HH:mm",
    },
    "uk": {
        "day": "EEEE, d MMMM",
        "clock": "HH:mm",
        "short": "dd.MM",
        "date": "d MMMM y",
        "month": "LLLL y",
        "slot": "EEE dd.MM, HH:mm",
        "full": "d MMMM y, HH:mm",
    },
}

FAR = timedelta(days=300)
"""From so far away a day is told with its year: "1. december" would else be taken for the next one."""

_OF_WEEKDAY = ("понеділка", "вівторка", "середи", "четверга", "п’ятниці", "суботи", "неділі")
_ON_WEEKDAY = ("понеділок", "вівторок", "середу", "четвер", "п’ятницю", "суботу", "неділю")


def word_moment(moment: datetime, form: str, lang: str, now: datetime | None = None) -> str:
    """A moment in words, in the form that a text asks for (see `FORMS`); the zone is the moment's own.

    With `now`, what is far from it is told with its year.
    A Danish full hour is written without minutes ("kl. 16", "kl. 16.30"), as Dansk Sprognævn advises.
    A language that has no patterns here is written by the Danish ones in its own words for days and months.
    """
    far = now is not None and abs(moment - now) > FAR
    if lang == "uk" and form not in _PATTERNS["uk"]:
        return _bend(moment, form, "d MMMM y" if far else "d MMMM")
    patterns = _PATTERNS.get(lang, _PATTERNS["da"])
    pattern = patterns.get(form) or patterns["senest" if form == "at" else "day"]
    if lang == "da" and moment.minute == 0:
        pattern = pattern.replace("H.mm", "H")
    if far and "y" not in pattern:
        pattern = pattern.replace("MMMM", "MMMM y")
    return format_datetime(moment, pattern, locale=_LOCALES.get(lang, lang))


def _bend(moment: datetime, form: str, day: str) -> str:
    """Ukrainian bends the weekday: "16:00 середи" is a deadline, "у середу" the day on which."""
    date = format_datetime(moment, day, locale="uk")
    clock = format_datetime(moment, "HH:mm", locale="uk")
    of_day = f"{_OF_WEEKDAY[moment.weekday()]}, {date}"
    on_day = f"у {_ON_WEEKDAY[moment.weekday()]}, {date}"
    preposition = "об" if moment.hour == 11 else "о"
    return {
        "senest": f"{clock} {of_day}",
        "at": f"{on_day}, {preposition} {clock}",
        "on": on_day,
        "until": of_day,
        "weekday": f"{clock} {_OF_WEEKDAY[moment.weekday()]}",
    }[form]
