"""Invented words that the demo's names are made of: no real place, body or person."""

from mapper.domain.organisation import OrganisationKind as Kind

DISTRICT_PLACES = {
    "E06000044": ("Oystermere", "Larkenshaw", "Gullsworth", "Kettlestrand", "Anchorwell"),
    "E06000045": ("Quillhaven", "Mizzenbourne", "Brackenquay", "Docklow", "Tansymoor"),
    "E06000046": ("Wrenmouth", "Chalkenby", "Needlefold", "Osmerley", "Samphireton"),
    "E07000084": ("Pellingford", "Hexbourne", "Loddenbrook", "Marrowdean", "Vinebeck"),
    "E07000085": ("Hangerdene", "Tidderley", "Bucklemere", "Stavenor", "Yewcombe"),
    "E07000086": ("Itchenor Cross", "Railfold", "Corbelham", "Swanbeck", "Dappleford"),
    "E07000087": ("Thistlequay", "Strawbeck", "Creekwell", "Portlow", "Meonwick"),
    "E07000088": ("Turnbeck", "Capstanby", "Alverfold", "Ferrystone", "Saltmallow"),
    "E07000089": ("Heathbourne", "Ivelmoor", "Basinfold", "Yatterby", "Hookmere"),
    "E07000090": ("Leighmarsh", "Waderfold", "Harestrand", "Bidwick Cross", "Staunmere"),
    "E07000091": ("Ponywell", "Fallowick", "Lymebeck", "Ringfold", "Beechenor"),
    "E07000092": ("Bugleton", "Aldermoss", "Cherryfold", "Parachute Row", "Farnmoss"),
    "E07000093": ("Testerby", "Andoverley", "Troutwell", "Romfold", "Wallopmere"),
    "E07000094": ("Alresbeck", "Cressfold", "Kingsmallow", "Itchbourne", "Downlark"),
}
"""Names of neighbourhoods that do not exist, by the district they are put in."""

KIND_NAMES: dict[Kind, tuple[str, ...]] = {
    Kind.SCHOOL: ("{p} Academy", "{p} Primary School", "{p} Sixth Form", "{p} Community School",
                  "{p} Alternative Learning"),
    Kind.LIBRARY: ("{p} Library", "{p} Reading Room"),
    Kind.CHARITY: ("{w} Mentoring in {p}", "{w} Families of {p}", "{w} Recovery of {p}",
                   "{w} Listening of {p}", "{p} {w} Trust"),
    Kind.COMMUNITY_GROUP: ("Friends of {p} Green", "{p} Residents' Circle", "{p} Mothers' Circle",
                           "{p} Neighbours Together", "{p} Allotment Circle"),
    Kind.COMMUNITY_CENTRE: ("{p} Community Centre", "{p} Hall", "The {p} Hub"),
    Kind.YOUTH_CLUB: ("{p} Youth Club", "{p} Young Voices", "The {p} Den"),
    Kind.FAITH_GROUP: ("{p} Community Church", "{p} Islamic Circle", "{p} Interfaith Table",
                       "{p} Gurdwara Kitchen"),
    Kind.SPORTS_CLUB: ("{p} Boxing Club", "{p} Rovers", "{p} Skate Crew", "{p} Netball Club"),
    Kind.HEALTH: ("{p} Health Centre", "{p} Walk-in Clinic", "{p} Talking Therapies"),
    Kind.BUSINESS: ("{p} Night Taxis", "{p} Barber Shop", "{p} Late Bar"),
    Kind.OTHER: ("{p} Housing Homes", "{p} Tenants' Homes"),
    Kind.REFUGE: ("{w} House refuge",),
}  # fmt: skip
"""How organisations of a kind are called: `{p}` an invented place, `{w}` an invented word."""

CHARITY_WORDS = (
    "Kitewing", "Lanternfish", "Emberlark", "Copperwren", "Tidewhistle", "Paperheron",
    "Bramblekite", "Otterbell", "Moonsprat", "Puddlefinch", "Flintsparrow", "Cloudgoose",
    "Rushlight Heron", "Saltlark", "Bellmoth", "Mossdrum", "Thimblestar", "Barleycrane",
)  # fmt: skip

FIRST_NAMES = (
    "Avery", "Robin", "Jordan", "Casey", "Morgan", "Rowan", "Sasha", "Quinn", "Ariel", "Devon",
    "Priya", "Amina", "Kofi", "Mei", "Tomasz", "Leila", "Idris", "Nadia", "Owen", "Freya",
)  # fmt: skip
LAST_NAMES = (
    "Samplewood", "Testerby", "Inventley", "Fictonham", "Demoworth", "Mockington", "Placeholder",
    "Exampley", "Pretendson", "Madeupton", "Notareal", "Specimensen", "Imaginova", "Fabelhurst",
    "Storybeck", "Dummett-Data", "Surmisewell", "Figmentley", "Legendre-Sample", "Mythwick",
)  # fmt: skip
ROLES = ("Project lead", "Youth worker", "Manager", "Community officer", "Trustee", "Head of team")

PRACTICE_NOTES = (
    "How we kept a drop-in open through the winter.",
    "Working with parents before a child is excluded.",
    "Street-based work on Friday evenings.",
    "Bringing young people onto our board.",
    "Bystander training with door staff.",
    "Reaching men who do not come to services.",
    "Peer mentors who have been through it.",
    "Asking questions that young people want to answer.",
)

STATUTORY: tuple[tuple[str, Kind, str], ...] = (
    ("Demo Violence Reduction Unit (invented)", Kind.OTHER, "E07000094"),
    ("Demo Constabulary (invented)", Kind.POLICE, "E07000094"),
    ("Demo Commissioner's Office (invented)", Kind.OTHER, "E07000094"),
    ("Demo Integrated Care Board (invented)", Kind.HEALTH, "E06000045"),
    ("Demo County Council (invented)", Kind.LOCAL_AUTHORITY, "E07000094"),
    ("Demo Fire and Rescue Service (invented)", Kind.FIRE_AND_RESCUE, "E07000086"),
    ("Demo Fire Station, Harbour Side (invented)", Kind.FIRE_AND_RESCUE, "E06000044"),
    ("Demo Fire Station, Chalk Side (invented)", Kind.FIRE_AND_RESCUE, "E07000084"),
    ("Demo Fire Station, Island Side (invented)", Kind.FIRE_AND_RESCUE, "E06000046"),
    ("Demo Constabulary Harbour Team (invented)", Kind.POLICE, "E06000044"),
    ("Demo Constabulary Docks Team (invented)", Kind.POLICE, "E06000045"),
    ("Demo Constabulary Chalk Team (invented)", Kind.POLICE, "E07000084"),
    ("Demo Constabulary Island Team (invented)", Kind.POLICE, "E06000046"),
    ("Demo Constabulary Garrison Team (invented)", Kind.POLICE, "E07000092"),
    ("Demo Probation, Harbour Office (invented)", Kind.PROBATION, "E06000044"),
    ("Demo Probation, Docks Office (invented)", Kind.PROBATION, "E06000045"),
    ("Demo Probation, Chalk Office (invented)", Kind.PROBATION, "E07000084"),
    ("Demo Youth Justice, Harbour (invented)", Kind.YOUTH_JUSTICE, "E06000044"),
    ("Demo Youth Justice, Docks (invented)", Kind.YOUTH_JUSTICE, "E06000045"),
    ("Demo Youth Justice, Mainland (invented)", Kind.YOUTH_JUSTICE, "E07000094"),
    ("Demo Youth Justice, Island (invented)", Kind.YOUTH_JUSTICE, "E06000046"),
    ("Demo Prison, Chalk Hill (invented)", Kind.PRISON, "E07000094"),
    ("Demo Prison, Island (invented)", Kind.PRISON, "E06000046"),
)
"""Authorities: generic names that are no real body's, with their kind and district."""
