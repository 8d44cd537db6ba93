"""Words that stand beside a time: what joins its parts, what turns it into another one, what a number counts. Tables only."""

from bot.when.words import words

# What stands between two parts of one time, or before it, and says nothing.
GLUE = words(
    "( ) , - [ ] about around at by exactly for from hopefully ideally in is latest like maybe of on precisely probably",
    "say the ~",
)
TAILS = words(
    "any anytime exactly ish please pls prompt sharp time",
)
JOINS = words(
    "& - / and or till to versus vs",
)
# Behind "on" and "at" these say more of a time than the grammar has understood, as those behind a bracket do.
SAYS_MORE = words("half quarter day hour last first second each every earliest")
EXCEPTS = words("except not but unless or")
# Beside a time these words make another one of it, which is for the member to say.
TURNS_BEFORE = words(
    "< > annually but expired alternate fortnightly hourly nightly odd even quarterly remaining",
    "after ago before between daily during each earlier early either end every except few following half last late later",
    "mid middle monthly never next no not of or other past previous quarter rather second since some start starting than",
    "this till unless until was week weekly weeks were within without",
)
TURNS_AFTER = words(
    "+ annually can't couldn't didn't doesn't end ends fortnightly isn't minus onward onwards plus quarterly was wasn't were",
    "won't wouldn't",
    "after afternoon again ago am annually before breakfast brunch but daily day days dinner each earlier early either",
    "eod eom eow evening every except half hence hour hours instead ish last late later lunch minutes month monthly",
    "months morning next night nor o'clock once or past pm prior quarter since this through till times twice unless week",
    "weekdays weekends weekly weeks year years",
)

# "Black Friday" and "Taco Tuesday" are names, and on the day that they are of.
FEASTS = words(
    "ash black bloody blue bowl boxing casual cyber easter fat freaky giving good holiday holy manic maundy meatless",
    "palm ruby sheffield stormy summer super taco tgi throwback",
)
SUFFIXES = words("co corp gmbh inc limited llc llp ltd partners plc pty sons")  # only companies' names end so
FIRMS = words("capital group holdings partners ventures")  # and no other word in small letters tells a company
COMPANIES = words(
    "ag agency ales app associates bank bar blues cafe capital club co coffee company consulting corp energy foundation",
    "fund games gmbh group health holdings hotel house inc lab labs limited llc llp ltd magazine media microsystems",
    "network networks partners plc post press project records software studio studios systems team tech technologies",
    "times ventures",
)
# Behind these a time stands that is not one to come, and behind what denies no time stands at all.
PAST_VERBS = words(
    "answered arrived asked called came emailed happened left messaged met missed phoned pinged rang replied saw spoke started",
    "talked texted visited wrote",
)
OBJECTS = words("again back call her him in it me message messages them us voicemail you")
DENIES = words("aint cannot cant dont never nor not unable unavailable wont")
AWAY = words("away booked busy closed full off out")
IS = words("am are be i'm is isn't s was")
DENIES_NOTHING = words("fail forget hesitate miss only wait worry")
# Between two numbers, or before the second, these put it in the place of the first.
CORRECTS = words("actually correction er erm i make mean meant no nope oops rather scratch sorry wait")
HOLIDAYS = words("christmas diwali easter eid halloween hanukkah juneteenth nye passover ramadan thanksgiving xmas")
# What is counted: a number before one of these is no time.
MEASURES = words(
    "attendees bedrooms billion bottles boxes bucks bugs calls candidates children clients colleagues companies copies cups",
    "customers deals degrees different dollar dollars emails engineers eur euro euros files floors friends games goals",
    "grand guests hundred ideas interviews issues items k kg kids km laps lb lbs leads meetings members messages miles",
    "million more mph names new numbers options other others pages pct people per percent percentage persons players points",
    "pounds pts questions reasons reps rooms rounds rpm seats sets slides stars steps tables things thousand tickets tips",
    "tons units usd users votes ways x",
)
# Where somebody can be at several of them: "at 3 sites" is no hour, and "at 3 drinks" is one.
PLACES = words("branches locations offices places schools shops sites stores venues")
# What is numbered: a number after one of these is no time.
NUMBERED = words(
    "act age aged agenda agent aisle all apartment apollo appendix apt area article batch bay bldg box bug build building",
    "bus case catch ch channel chapter class clause code cup district dock door draft ep epic episode exhibit exit ext",
    "extension fig figure flat flight floor form formula gate grade group highway hwy interstate invoice iphone iso issue",
    "item iteration java law least level line lot milestone model most nr num number only option order over page pages part",
    "pg phase pier pin plan platform po postcode pr priority proposal python question release rev revision rfc rfp rm room",
    "round route row rule scene schedule score season seat sec section series sev size slide sow sprint ste step story",
    "studio suite table task team terminal than these those ticket tier top track type under unit v ver version vision vol",
    "volume ward windows zip zone",
)
