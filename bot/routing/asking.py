"""The words of questions themselves, in Danish, English and Ukrainian: what says nothing of what is asked about."""

from bot.routing.spelling import fold

_SMALL = """
hvad hva hvilke hvilken hvilket hvordan er var bliver blive bli blev den det de en et i på til for fra af om med og
eller at der her sig jeg du vi man mig dig os jer min din jeres mit dit mine dine sin sine kan kunne må vil ville skal
skulle gerne godt lige egentlig mon så også nu jo da dog have har havde haft få får fået sådan være været findes finde
noget nogen nogle kommunen kommune kommunens gentofte gentoftes komme kommer gå går hej tak ved ligger står stå sige
siger ham hende hun han deres dem denne dette disse alle alt hver selv når hos end altså nok bare vel ik
ikke ind op ud ned efter før fordi slags ting lidt meget helt rigtig rigtigt egen eget egne masse
sammen først stadig
a an the what which how is are was were be been am in on to of about with and or that there here i you we me us
my your our now can could may will would shall should please not have has had get gets got do does did any some
municipality it its this these those he she they them their at by as just really only also so then for
from into all other others very own
що який яка яке які якими якою як де чи це є і й та або у в на з із до про для мене мені мою моєю моя ви ти я вас ваш
будь ласка скажіть можна можу треба такий таке такі їх він вона вони мій коли-небудь не"""

_CHATTER = """
fortælle fortæl fortæller forklar forklare vise vis nævn nævne remse remser liste hedder kaldes betyder betyde menes
mener mene menes handler drejer bruge bruges bruger brugt lave laver gør gøre gøres deltage arbejder arbejde foregår
foregå fungerer fungere virker virke beskæftiger beskæftige læst læse høre hørt hører snakke tale taler tænker tænke
vide forstår spørge spørgsmål svar sætte lige interesseret nysgerrig borger borgere ny nye mor far kone mand
nabo ven veninde barn søn datter lytte overvejer kender kende går ud indebærer forskel forskellen forskellig
eksempel kort helt præcis deltager
tell show explain describe list name mean means meant called work works working use used using happens know read heard
hear wonder wondering understand ask question interested citizen citizens people resident new denmark danish thing
things example briefly exactly difference between want wants like need needs hello hi hey thanks thank
означає розкажіть поясніть назвіть роблять робить
"""

_FILL = """
egentlig lige mon så også nu jo da bare vel nok altså der her det den en et at i gerne godt hej tak er man jeg you
the a an really just so please hello hi hey is are does do будь ласка це
"""

FILL = frozenset(fold(word) for word in _FILL.split())
"""Folded words that change nothing where they are put in or left out."""

SMALL = frozenset(fold(word) for word in _SMALL.split())
"""Folded words that every question may have: they are not looked at."""

CHATTER = frozenset(fold(word) for word in _CHATTER.split())
"""Folded words of asking and of who asks: looked at where a page's own way of asking has them, and else passed over."""

_SAME = """
afgør afgøre afgøres afgørelse afgjort beslutter beslutte besluttes beslutning bestemmer bestemme bestemt decide
decides decided decision decisions
| ide idé idéer idéen ideer forslag forslaget initiativ initiativet initiativer projekt idea ideas suggestion
suggestions proposal initiative project
| oplysninger oplysning data persondata informationer information info
| sender sende sendt indsender indsende indsendt send sent submit submitted submitting
| robot bot botten maskine ai computer computerprogram machine chatbot program
| menneske person human
| samle samler indsamle collect gather
| mødes møde møder mødet møderne meeting meetings meet meets
| medlem medlemmer sidder member members sit sits
| støtte støtter betale betaler finansiere bekoste support supports pay pays fund finance spend
| telefonnummer nummer nr number phone
| penge money
"""

SAME = {fold(word): fold(group.split()[0]) for group in _SAME.split("|") for word in group.split()}
"""Folded words that ask for the same as another, and that other."""

_ASKS = """
hvornår hvem hvorfor hvor mange gammel længe koster pris synes næste sidste
when who why where many much old long cost costs price next last
hvis selvom uden if even unless without
коли хто чому скільки
"""

ASKS = frozenset(fold(word) for word in _ASKS.split())
"""Folded words that say which side of a thing is asked for: a page that is not asked so has no answer to it."""
