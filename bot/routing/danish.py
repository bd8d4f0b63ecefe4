"""Words that say nothing of a topic: small words of Danish and other languages, and how they are written in a hurry."""

from bot.routing.spelling import fold

_SMALL = """
de sæt læg brug følger bygge byg bygger bygget bygges lukke lukker lukket starte start starter startet oprette
opretter arrangere indføre sætte sætter sat stille stiller ligge ligger hente henter bringe samler samlet mødes
mødtes begynde begynder slutte fortælle fortæller fortæl passer vælge vælger sådanne tænk sørge a ad af aften
aftenen al aldrig alle allerede allesammen alligevel alt altid altså and anden andet andre at b bag bare bedre bedst
begge bliver blive blev blevet bruge bruger brugt burde by byde både c da dag dage dagen dagene dejlig dejligt del
dem den denne der derfor deres derhenne derhjemme dernede derovre derpå dertil derude desuden det dette dig din dine
disse dit dog dreng du eget egen egentlig egne efter eftermiddag eftermiddage ej eller ellers en end endda endelig
endnu ene eneste engang enhver ens er et ethvert evt f faktisk far fast faste fem fik find finde finder findes fire
flere flest fleste flot folk for fordi fordel foran forbi forskellige forslag forslaget fra frem fri fuld fx få fået
får fælles færre først første før g ganske gamle gammel gang gange ganger gav ge gennem gerne gider giv give giver
givet gjort gjorde glad god gode godt gratis grund går gå gået gør gøre gøres h haft ham han hans har have havde
hedder hel hele helt heller hen hende hendes henne heppe her herre hid hinanden hjælp hjælpe hjælper hjem hjemme
holde holder hos hun hundrede hurtig hurtigt husk hvad hvem hver hverken hvert hverdag hvilke hvilken hvilket hvis
hvor hvordan hvorfor hvornår hvorhenne hæ høj højt høre hørt i ide ideen ider idé idéen igen igennem ih ikke imellem
imens imod ind inde inden indenfor ingen ingenting intet især ja jamen jeg jer jeres jo ja jah j kaldes kan kender
kendt kigge klar klare klarer klokken kl kom kommer komme kommet kommune kommunen kommunens kort kun kunne kvinde
kæmpe k køre l lad lade lader langt lang lange langs lave laver lavet lav let lidt lige ligesom lille lægge lær låne
længe længere m man mand mange med medmindre meget mellem men mens mere mest mig min minde mindre mindst mine mit
mod mon mor morgen morgenen mulig muligt mulighed muligheder må måde måden måned måneden måske måtte n nede ned nej
nemt nemmere netop ni nogen nogensinde noget nogle nok nu nummer ny nye nyt nå når næste næsten nær nærheden o ofte
og også ok okay om omkring omkr onsdag op oppe os otte over overalt ovre p par plus prøv prøve prøver pr pæn pænt på
r rigtig rigtigt ret rundt s sag sagt samle samme sammen samt se seks selv selvfølgelig selvom ser set siden side
sidste sig sige siger simpelthen sin sine sit sidder sidde skal ske sker sket skriv skrive skriver skulle slet slut
små sker skønt snakke snart som sommetider sommer spørge stadig stadigvæk stand sted steder stedet stor store stort
står stå stået svar svært syn synes syntes syv særlig så sådan sådanne således t tag tage tager taget tak ti tid
tiden tider tidligere til tilbage time timen timer tirsdag tit tre tro tror turde tænke tænker tænkt tør u ud ude
uden udenfor uge ugen uger ugentlig unde under v var ved vej vejen veje vel vi vide vil ville virkelig vise viser
vores være været værre væk w x y z år året årlig ø åben åbent åbne åh øh øv lørdag lørdage lørdagen søndag søndage
mandag torsdag fredag onsdage tirsdage januar februar marts april maj juni juli august september oktober november
december formiddag formiddagen middag nat natten vinter vinteren sommeren forår foråret efterår efteråret weekend
weekenden hvergang stykker meter minutter kroner kr enkelt enkelte hold slags ting tingene folkene mennesker
menneske personer person ønsker ønske forestille forestil drømmer drøm burde bør mangler mangle savner savne kunde
gad vist måtte
"""

_ENGLISH = """
a about after again all also always am an and another any anyone anything are area around as ask at away back be
because been before being best better between both but by can cannot come comes could did do does doing don done
down each easy either else enough even ever every everyone everything few find first for from get gets getting give
go goes going good got great had half happy has have having he hello help her here hi him his hope how i idea if im
in into is isn it its just keep kind know last least less let like little live lives ll long lot lots love made make
makes many may maybe me mean might month more most much must my near need needs never new next nice no nobody not
nothing now of off often ok old on once one ones only or other others our out over own part people per perhaps place
places please possible put re really right said same say see set she should so some somebody someone something
somewhere soon start still stop such sure take takes than thank thanks that the their them then there these they
thing things think this those though three through time to together too try two under until up us use used using ve
very want wants was way we week weekend well were what when where whether which while who whole why will with
without wonderful work would year years yes yet you your gentofte municipality monthly weekly evening morning
afternoon
"""

_OTHER = """
der die das und ein eine einen einem einer für mit ist sind auf dem den im in am zu zum zur mehr bitte wir ich man
von vor bei aus nicht auch oder un une le la les des du de et pour par avec sur nous vous je est sont plus aux
ce qui que el los las una unos en para con del al por y o se más hay nos mi su es son w na z do dla i nie się jest
są to po od przy oraz mam my jak co by och att på med för som är en ett till av vi jag det den inte kan om і й та у
в з на для до від як що це по не є ми я би про або але при и в на с для не что это мы я
"""

_HURRIED = {
    "ik": "ikke", "ikk": "ikke", "ike": "ikke", "ka": "kan", "ku": "kunne", "kune": "kunne", "sku": "skulle",
    "vile": "ville", "hva": "hvad", "osse": "også", "oss": "også", "oså": "også", "nogn": "nogen", "noen": "nogen",
    "vær": "være", "bli": "blive", "ta": "tage", "gi": "give", "ha": "have", "li": "lige", "mankler": "mangler",
    "sys": "synes", "syns": "synes", "pgr": "pga", "aftn": "aften", "somren": "sommeren", "sådn": "sådan",
    "jer": "jer", "vordan": "hvordan", "vornår": "hvornår", "vorfor": "hvorfor", "vem": "hvem", "vad": "hvad",
    "jæ": "jeg", "jej": "jeg", "mej": "mig", "dej": "dig", "daj": "dig", "maj": "maj", "ejn": "en", "vis": "hvis",
    "hvær": "hver", "hvad'": "hvad", "forslaw": "forslag", "ide'": "ide", "idè": "ide", "idé": "ide", "idéer": "ideer",
    "ve": "ved", "st": "station", "pladser": "pladser", "dk": "danmark", "gymnasie": "gymnasium",
}  # fmt: skip

_IRREGULAR = {
    "have": "haver", "haven": "haver", "haverne": "haver", "havens": "haver", "haver": "haver",
    "sundet": "øresund", "børn": "barn", "børnene": "barn", "børns": "barn", "børnenes": "barn",
    "bøger": "bog", "bøgerne": "bog", "mænd": "mand", "mødre": "mor", "mødrene": "mor", "fædre": "far",
    "fødder": "fod", "træer": "træ", "ældres": "ældre", "teatret": "teater", "teatre": "teater", "byer": "by",
    "centret": "center", "centre": "center", "brødre": "bror", "døtre": "datter", "nætter": "nat", "tænder": "tand",
    "ænder": "and", "tøjet": "tøj", "steder": "sted", "trafikken": "trafik", "klubben": "klub", "køkkenet": "køkken",
    "museet": "museum", "museer": "museum", "gymnasiet": "gymnasium", "gymnasier": "gymnasium", "idéer": "ide",
}  # fmt: skip

_APART = """
dame damer damen damerne | banke banker bankede banket | læg lægge lægger lagt lagde lægges | side sider siderne
sidens | regne regner regnede regning | skat skatte skatter skatten | passe passer passede passes | bede beder bedt
bad | lære lærer lærte lært læres | læreren lærere lærerne lærernes | male maler malede malet males | måle måler
målte målt måles | skøde | vare varer varen varerne | vane vaner | tale taler talte talt tales | tal tallet tallene
| leje lejer lejede lejes | lejerne lejere | hale haler | sale | bane baner banen banerne | ret retten | rette
retter rettet | mælk mælken | bor boede boet | bord borde bordet bordene | hold holdet holdene | råd rådet rådene |
søge søger søgte | sø søen søer søerne | lede leder ledt | sent senere | seng senge sengen | sang sange sangen
sangene | synge synger sunget | stå | stue stuer stuen stuerne | tag taget tagene tage | fag faget fagene | bage
bager bagt bagte | bageren bagere bageri bageriet | jage jager jaget | le griner | lampe lamper lampen lamperne |
lam lammet | bar baren | bare | rute ruter ruten | rude ruder ruden ruderne | skole skoler skolen skolerne skolens |
skolet | kan kande kanden | kant kanten kanter | lån låne låner lånes lånt | løn lønnen | vind vinden | vinde vinder
vandt | vindue vinduer vinduet vinduerne | sten stenene stenen | mark marken marker markerne | marked markedet
markeder | køn | køb købe køber købte købt | kø køer køen | ko koen | mose moser mosen mosens | mos | eng enge engen
| engelsk engelske | fest fester festen fest'en | feste | mål målet målene | måle målere | mad maden madens | made |
gave gaver gaven gaverne | gav | gade gader gaden gaderne | ske skeen | sne sneen | liv livet livets | live | livs |
post posten | poste poster | par parret | parre | para | park parken parker parkerne | parkere parkerer parkeret |
hund hunde hunden hundene hundens | hundrede hundreder | penge pengene | pas passet | vej veje vejen vejene vejens |
veje vejer | vejr vejret | dans danse danser | dansk danske dansker danskere danskerne | spil spille spiller
spillede spillet | spild spildes | stem stemme stemmer stemte | sted steder stedet | stod | krone kroner | bus
bussen busser busserne | busk buske busken buskene | net nettet | netop | bi bier bierne | by byen byer byens | time
timer timen timerne | tim
"""

SMALL_WORDS = frozenset(fold(word) for word in (_SMALL + _ENGLISH + _OTHER).split())
"""Folded words that carry no topic of their own, in Danish, English and the commonest other languages."""

HURRIED = {fold(written): fold(meant) for written, meant in _HURRIED.items()}
"""Folded spellings in a hurry, and the folded word that is meant."""

IRREGULAR = {fold(form): fold(word) for form, word in _IRREGULAR.items()}
"""Folded forms that endings alone don't explain, and the folded word they belong to."""

APART = {fold(form): "=" + fold(group.split()[0]) for group in _APART.split("|") for form in group.split()}
"""Folded forms whose endings would mix them up with another word ("dame" is no "dam"), and a root of their own."""
