"""The initiatives of acceptance 1.5: three that everybody may see, one of them done, and one that nobody may."""

from dataclasses import dataclass

from tests.journeys import labels
from tests.journeys.phone import Phone
from tests.journeys.public_town import moved, next_step
from tests.journeys.town import Town

PARKING = "cykelparkering ved ordrup station så cyklerne ikke ligger og flyder"
CAFE = "en sprogcafé på biblioteket hvor nye danskere øver sig i at tale dansk"
BOOKS = "et bogbytteskab på torvet i vangede hvor man kan bytte bøger"
SHED = "et skur til vinterbadere i hellerup"
HELP = "folk, der vil øve dansk med andre eller kan lidt arabisk"
TRIAL = (
    "Hvad: holder sprogcafé hver onsdag\nHvem: Farid Nazari\nHvornår: 20. november\nMed hvem: biblioteket\n"
    "Vi kigger efter: hvor mange der kommer"
)


@dataclass(frozen=True, slots=True)
class FourIdeas:
    """Their numbers, and the phones of the citizens behind them."""

    parking: int
    cafe: int
    books: int
    shed: int
    karim: Phone
    omar: Phone
    birgit: Phone


async def four_ideas(town: Town) -> FourIdeas:
    """All four as the fixture has them, each brought the way that a citizen and an agent bring it."""
    karim, omar, birgit = await town.citizen("Karim"), await town.citizen("Omar"), await town.citizen("Birgit")
    parking = await opened(town, karim, PARKING, town.mette)
    await next_step(town, parking, "måler pladsen op")
    cafe = await opened(town, omar, CAFE, town.farid)
    await moved(town, cafe, labels.TRIAL, TRIAL, await town.farid.in_topic(cafe))
    await looks_for_help(omar)
    books = await opened(town, await town.citizen("Freja"), BOOKS, town.farid)
    await moved(town, books, labels.DONE, "Skabet står nu på torvet", await town.farid.in_topic(books))
    shed = await town.brought(birgit, SHED)
    await town.taken(shed, town.bo)
    return FourIdeas(parking, cafe, books, shed, karim, omar, birgit)


async def looks_for_help(citizen: Phone, words: str = HELP) -> None:
    """The citizen says what help their open idea looks for, and yes to how it reads."""
    await citizen.writes(labels.STATUS)
    await citizen.presses(labels.SEEK)
    await citizen.writes(words)
    await citizen.presses(labels.SEEK_OK)


async def opened(town: Town, citizen: Phone, words: str, agent: Phone) -> int:
    """An idea that is sent, taken, and opened by its citizen in the words that they were shown."""
    number = await town.brought(citizen, words)
    await town.taken(number, agent)
    await citizen.writes(f"hvad sker der med nr. {number}?")
    await citizen.presses(labels.MAKE_PUBLIC)
    await citizen.presses(labels.PUBLIC_OK)
    return number
