"""Who lives in the town of the acceptance scenarios: its sparring agents, admins and citizens."""

from tests.journeys.person import Person

AGENTS = {
    "mette": Person(2001, "Mette", "Holm"),
    "bo": Person(2002, "Bo", "Lind"),
    "signe": Person(2003, "Signe", "Krag"),
    "farid": Person(2004, "Farid", "Nazari"),
    "lone": Person(2005, "Lone", "Bach"),
    "peter": Person(2006, "Peter", "Dam"),
    "karen": Person(2007, "Karen", "Toft"),
}
ADMINS = {"ulla": Person(2101, "Ulla", "Skov"), "tom": Person(2102, "Tom", "Rask")}
CITIZENS = {
    "aase": Person(710001001, "Aase", "Winther", "aase_w1952"),
    "jonas": Person(710001002, "Jonas", "Berg", "jonasberg_2010"),
    "olena": Person(710001003, "Olena", "Kovalenko", "olena_kov"),
    "karim": Person(710001004, "Karim", "Haddad", "karimhaddad71"),
    "birgit": Person(710001005, "Birgit", "Friis", "friis_birgit"),
}
CLOCK = Person(-1, "the clock")
"""Whose act it is that time passes."""
STAFF = {person.id: person for person in (*AGENTS.values(), *ADMINS.values())}


def serves(person: int) -> bool:
    """Whether that Telegram id is one of the municipality's own people: agents, admins, and who else has work there."""
    return 2000 <= person < 3000
