"""Which open questions a text answers already, so that nobody is asked for what they have said."""

from bot.routing.cues import CueSet
from bot.routing.reading import Reading

_CUES = {
    "hvor": (
        "ved/på/i/bag/foran/nær/omkring stationen/skolen/skole/biblioteket/stranden/havnen/parken/torvet/rådhuset/søen/"
        "mosen/kirken/hallen/børnehaven/vuggestuen/plejehjemmet/legepladsen/gågaden/klubben/brugsen/molen",
        "i/på vores gård/opgang/vej/gade/kvarter/klasse/skole/forening",
        "at/in/by/near the station/school/library/beach/harbour/harbor/park/square/lake/church/playground",
        "біля/в/на станції/школи/бібліотеці/пляжі/парку/бібліотеки",
    ),
    "selv": (
        "selv + gerne/kan/vil",
        "jeg/vi vil/kan gerne/godt/sagtens ... hjælpe/være/stå/bage/bygge/male/lave/passe/arrangere/lægge",
        "jeg/vi melder mig/os", "jeg/vi står gerne/klar", "jeg/vi tager/hjælper/bager/passer/kommer gerne",
        "i/we can/could/would/will/d ... help/host/volunteer/bring/build/organise/organize/take", "happy to help",
        "можу/можемо/готова/готовий/хочу допомогти/організувати/допомагати",
    ),
    "hvem": (
        "for/til os/dem/ældre/børn/unge/forældre/familier/seniorer/naboer/kvinder/mænd/piger/drenge/demente/flygtninge/"
        "hjemløse/pensionister",
        "vi er ... familier/naboer/forældre/pensionister/unge/kvinder/mænd/elever/beboere/venner",
        "for kids/children/teens/teenagers/seniors/parents/families/women/newcomers/foreigners/everyone",
        "для жінок/дітей/літніх/підлітків/мам/молоді/всіх",
    ),
}  # fmt: skip
_OWNERS = [facet for facet, cues in _CUES.items() for _ in cues]
_SET = CueSet(cue for cues in _CUES.values() for cue in cues)


def find_facets(reading: Reading, places: tuple[str, ...]) -> frozenset[str]:
    """The facets (hvor, selv, hvem) that the words tell; a place of the municipality tells where."""
    told = {_OWNERS[hit.cue] for hit in _SET.find(reading.bare, reading.openings)}
    return frozenset(told | ({"hvor"} if places else set()))
