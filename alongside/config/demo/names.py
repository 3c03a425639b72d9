"""Names for people and places, all made up or common to thousands.

Given and family names follow the backgrounds and languages of pupils in England. Places were invented and then
looked for among the names and towns of England's state schools (school census 2022/23): none is there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

TRUST = "Larkenby Fields Learning Trust"
COUNCILS = {"290": "Tansfordshire", "291": "Wolderby and Eskenby"}  # no council in England has these numbers
POSTCODE = "ZZ99 9ZZ"

PLACES: Sequence[str] = tuple(
    """
    Ottersley Hallowmere Brackenby Quillsham Wrenfold Thistlewick Dunmarrow Petherstow Ashlenby Fennimoor
    Copperfold Marlowick Elderstow Brindlemere Skerrowby Tilverton Gorsewick Hazelmarsh Owlestow Rookenfield
    Saltenby Willowmarsh Yarrowby Amberstow Birkenmoor Candlewick Damselby Eddlestow Foxenby Greenlowe Harbourstow
    Ivelstow Juniperby Kestrelmoor Lindenstow Mossenby Nettlefold Oakenlowe Plovermere Quernstow Ravelby Sorrelby
    Teaselwick Underlowe Violstow Wickenlowe Yewstow Zennerby Applestow Bellowmere Cragenby Drovestow Emberlowe
    Fernstow Gullenby Heronstow Inglestow Jackdawby Kilnstow Lavenby Meadowlowe Nuthatchby Orchardstow Pebblestow
    Quincewick Reedstow Starlingby Thornlowe Umberstow Valestow Whinlowe Wheatenby Brookenstow Cloverlowe Daisymere
    Dunnockby Elmstow Finchenby Gablestow Hartenlowe Hollinstow Islestow Kitestow Larchenby Limestow Maplestow
    Millenby Mistlestow Newtlowe Otterlowe Pinestow Poolenby Primstow Redwickby Robinstow Rushenlowe Sandlowe Sedgeby
    Shalestow Siskinby Sloestow Swallowby Tansywick Ternstow Thrushby Turnstow Wagtailby Warblestow Weldstow Wrenlowe
    Wyvenby Arrowlowe Barleystow Beckstowby Bramblestow Burrenby Catkinby Chalkstow Corvenby Curlewby Dabstow
    Dellenby Dewstow Ebblestow
    """.split()
)


@dataclass(frozen=True, slots=True)
class Pool:
    """Names that go together."""

    girls: Sequence[str]
    boys: Sequence[str]
    families: Sequence[str]
    languages: Sequence[str] = ("ENG",)


def _pool(girls: str, boys: str, families: str, languages: str = "ENG") -> Pool:
    return Pool(girls.split(), boys.split(), families.split(), languages.split())


POOLS = {
    "english": _pool(
        """Amelia Olivia Isla Ava Freya Lily Florence Mia Willow Rosie Sophie Grace Ivy Elsie Evie Poppy Charlotte
        Evelyn Ella Daisy Phoebe Harriet Alice Matilda Ruby Erin Holly Emily Molly Lottie Martha Bethany Jessica
        Megan Chloe Maisie Imogen Eliza Thea Nancy Robyn Edith Beatrice Tilly Heidi Abigail Orla Penny Summer Lola
        Darcie Ellie Eva Hannah Niamh Caitlin Lucy Zoe Georgia Faith Mabel Ada Clara Hazel Ottilie Primrose""",
        """Oliver George Arthur Noah Leo Oscar Archie Theo Freddie Jack Harry Henry Charlie Alfie Thomas Joshua Jacob
        Finley Albie Teddy Rory Lucas Edward Isaac Logan Max Alexander James William Samuel Joseph Daniel Ethan Toby
        Reuben Sonny Louie Jude Frankie Ralph Stanley Billy Dylan Jayden Callum Kieran Ryan Connor Liam Owen Tyler
        Kai Luke Nathan Adam Ben Elliot Felix Hugo Rowan Jasper Wilfred Barnaby Caleb Ellis Harvey""",
        """Abbott Acton Arkwright Ashdown Bagshaw Barrow Beckett Birch Bolton Bradley Bramhall Briggs Brook Burdett
        Cartwright Chadwick Clegg Cole Coombes Crabtree Crowther Dalby Dawson Denby Dobson Drake Duckworth Eastwood
        Ellison Fairhurst Fenwick Field Firth Fletcher Frost Garside Gibbs Goodall Greenwood Hadfield Hallam Hargreaves
        Hartley Haworth Heaton Hibbert Holden Holt Hurst Ibbotson Jagger Kershaw Lark Lister Lomax Mallinson Marsden
        Marsh Mather Mellor Moss Naylor Oakes Oldroyd Ollerton Pashley Petrie Pickles Platt Poole Prosser Pryce Quayle
        Radcliffe Ramsden Ridley Rigby Rowbottom Sagar Scholes Sharples Shaw Sidebottom Skelton Slater Stead Stott
        Sutcliffe Sykes Tattersall Thorne Thwaite Tordoff Turton Unsworth Varley Wadsworth Walmsley Warburton Wharton
        Whitlock Whittle Wigglesworth Winstanley Wolfenden Wormald Yates""",
    ),
    "irish": _pool(
        "Aoife Niamh Ciara Roisin Saoirse Orla Bridget Margaret Kathleen Nora",
        "Cillian Declan Eoin Padraig Ronan Fintan Michael Patrick Martin John",
        "Brennan Doyle Gallagher Keane Lynch Maguire McDonagh Nolan Quinn Sweeney Ward Connors",
    ),
    "roma": _pool(
        "Esmeralda Vanessa Ramona Denisa Larisa Patricia Kristina Nikola",
        "Samuel Kevin Denis Marcel Robert Patrik Adrian Florin",
        "Horvath Lakatos Balog Cervenak Dunka Gabor Pusko Kotlar",
        "OTB RMN",
    ),
    "polish": _pool(
        "Zofia Maja Hanna Julia Lena Zuzanna Oliwia Natalia Emilia Wiktoria Alicja Gabriela",
        "Jakub Antoni Szymon Filip Kacper Mikolaj Oskar Igor Dawid Bartosz Wojciech Tymon",
        "Nowak Wozniak Mazur Krawczyk Kaczmarek Zajac Pawlak Michalak Duda Sikora Baran Gorski",
        "POL",
    ),
    "romanian": _pool(
        "Ioana Andreea Maria Elena Daria Sofia Bianca Teodora Miruna Alexandra",
        "Andrei Matei David Luca Stefan Darius Mihai Tudor Rares Victor",
        "Popa Ionescu Dumitru Stan Munteanu Ciobanu Rusu Marin Tudose Cojocaru",
        "RMN",
    ),
    "baltic": _pool(
        "Emilija Gabija Austeja Kamile Elza Liepa Ugne Viltė",
        "Lukas Matas Jonas Dominykas Nojus Domas Kajus Augustas",
        "Petrauskas Kazlauskas Butkus Urbonas Balciunas Stankus Berzins Ozols",
        "LIT RUS",
    ),
    "ukrainian": _pool(
        "Anastasia Daryna Kateryna Solomia Polina Yana Zlata Mariia",
        "Maksym Artem Bohdan Danylo Nazar Tymofiy Yaroslav Oleksandr",
        "Kovalenko Shevchuk Bondarenko Tkachenko Melnyk Lysenko Hrytsenko Moroz",
        "UKR RUS",
    ),
    "southern": _pool(
        "Ines Beatriz Carolina Leonor Giulia Chiara Lucia Carmen Matilde Alba",
        "Tiago Diogo Afonso Goncalo Matteo Lorenzo Pablo Hugo Rafael Duarte",
        "Duarte Ferreira Carvalho Teixeira Lopes Rossi Esposito Navarro Ortega Pinto",
        "POR ITA SPA",
    ),
    "albanian": _pool(
        "Arta Elira Drita Erza Besa Melisa Ajla Klea",
        "Ardit Erion Leon Dion Arlind Noel Enis Kledi",
        "Hoxha Krasniqi Berisha Gashi Shala Prifti Leka Dervishi",
        "ALB",
    ),
    "pakistani": _pool(
        "Aisha Zainab Maryam Fatima Hafsa Inaya Khadija Amna Sana Iqra Alishba Eshal Minahil Noor",
        "Muhammad Ibrahim Yusuf Hamza Zayn Haris Adil Bilal Ismail Rayyan Umar Zakariya Eesa Hassan",
        "Ahmed Akhtar Ali Aslam Butt Chaudhry Hussain Iqbal Javed Khan Mahmood Malik Mirza Rafiq Shah Yaqoob",
        "URD PNJ",
    ),
    "indian": _pool(
        "Aarohi Diya Ananya Kiara Simran Jasleen Harleen Priya Riya Meera Isha Anaya",
        "Arjun Rohan Aarav Dev Karan Jaspreet Gurveer Vihaan Ishaan Ravi Nikhil Aryan",
        "Sandhu Gill Sidhu Patel Desai Mehta Sharma Joshi Rana Bains Dhillon Chauhan",
        "PNJ GUJ HIN",
    ),
    "tamil": _pool(
        "Abinaya Kavya Nila Tharani Yalini Vaani",
        "Kavin Kishan Nilan Pranav Sujan Yuvan",
        "Sivakumar Rajan Selvaraj Nadarajah Ganesan Kumaran",
        "TAM",
    ),
    "bangladeshi": _pool(
        "Nusrat Tasnim Sumaiya Rahima Maliha Anika Labiba Samia",
        "Tahmid Rafi Arif Nayeem Sami Zubair Mahir Fahim",
        "Begum Miah Uddin Chowdhury Rahman Islam Haque Sarkar",
        "BNG",
    ),
    "chinese": _pool(
        "Mei Yan Jia Xinyi Wing Hoi-Yan Suki Lok-Yi",
        "Jun Wei Hao Chun Ka-Ho Ming Zihan Lok",
        "Chan Cheung Lau Leung Ng Tang Wong Zhang",
        "CHI",
    ),
    "asian": _pool(
        "Althea Angela Bea Sunita Nisha Thuy Linh Parwana Zahra Laila",
        "Ahmad Farid Nabil Rahim Bikash Suresh Minh Jericho Paolo Anton",
        "Ahmadi Karimi Gurung Rai Tamang Santos Reyes Mendoza Nguyen Tran",
        "PRS OTH",
    ),
    "somali": _pool(
        "Hodan Ifrah Sahra Ayaan Hibaq Nasra Filsan Amina",
        "Abdi Liban Mahad Zakaria Guled Jama Ayub Yahya",
        "Abdullahi Farah Hersi Jama Mohamud Nur Warsame Yusuf",
        "SOM",
    ),
    "african": _pool(
        "Amara Temi Chidinma Ngozi Adaeze Abena Akosua Zuri Folake Nkechi Thandiwe Esther",
        "Ayo Kofi Kwame Emeka Tobi Chidi Femi Kwabena Obinna Samuel Tendai Emmanuel",
        "Adebayo Bello Okafor Eze Mensah Boateng Osei Owusu Nwosu Balogun Moyo Ndlovu Asante Oyelaran",
        "YOR FRN OTH ENG",
    ),
    "caribbean": _pool(
        "Keisha Tiana Shanice Naomi Zaria Jada Simone Renee Amelie Kezia",
        "Jerome Marcus Tyrone Malachi Isaiah Jaden Kaleb Andre Micah Elijah",
        "Campbell Clarke Dacosta Francis Gordon Grant Henry Lewin Powell Reid Samuels Wray",
    ),
    "arabic": _pool(
        "Layla Yasmin Rania Salma Huda Dalia Farah Lina",
        "Omar Karim Tariq Anas Faisal Idris Jamal Sami",
        "Haddad Mansour Nasser Saleh Khoury Aziz Hamdan Darwish",
        "ARA",
    ),
    "turkish": _pool(
        "Elif Defne Zeynep Ceren Ece Azra",
        "Emir Kerem Deniz Yigit Baran Arda",
        "Yilmaz Demir Kaya Aydin Arslan Dogan",
        "TUR",
    ),
}


@dataclass(frozen=True, slots=True)
class Background:
    """A group of the school census: how common it is, whose names it draws on, how often English is not first."""

    ethnicity: str
    percent: float
    pools: Sequence[str]
    other_language: float


# Shares of pupils in state-funded schools in England, rounded: Department for Education, "Schools, pupils and
# their characteristics", 2024/25. How often English is an additional language is set so that it is a fifth overall.
BACKGROUNDS: Sequence[Background] = (
    Background("WBRI", 60.5, ("english",), 0.0),
    Background("WIRI", 0.3, ("irish",), 0.0),
    Background("WIRT", 0.1, ("irish",), 0.0),
    Background("WROM", 0.4, ("roma",), 0.7),
    Background("WOTH", 7.4, ("polish", "romanian", "baltic", "ukrainian", "southern", "albanian", "turkish"), 0.84),
    Background("MWBC", 1.7, ("caribbean", "english"), 0.0),
    Background("MWBA", 1.1, ("african", "english"), 0.1),
    Background("MWAS", 1.9, ("indian", "pakistani", "english"), 0.1),
    Background("MOTH", 2.8, ("english", "southern", "arabic"), 0.2),
    Background("AIND", 4.3, ("indian", "tamil"), 0.6),
    Background("APKN", 4.8, ("pakistani",), 0.65),
    Background("ABAN", 1.9, ("bangladeshi",), 0.7),
    Background("AOTH", 2.2, ("asian", "tamil"), 0.65),
    Background("BCRB", 1.0, ("caribbean",), 0.02),
    Background("BAFR", 4.9, ("african", "somali"), 0.5),
    Background("BOTH", 0.9, ("african", "caribbean"), 0.25),
    Background("CHNE", 0.9, ("chinese",), 0.6),
    Background("OOTH", 2.4, ("arabic", "asian", "turkish"), 0.7),
    Background("NOBT", 0.5, ("english",), 0.0),
)
_PERCENTS = tuple(background.percent for background in BACKGROUNDS)

STAFF_POOLS = ("english",) * 13 + ("irish", "pakistani", "indian", "african", "caribbean", "polish", "bangladeshi")

# How a name is said, where the spelling does not tell an English reader.
SAID_AS = {
    "Aoife": "EE-fa", "Niamh": "Neev", "Saoirse": "SEER-sha", "Ciara": "KEE-ra", "Siobhan": "shi-VAWN",
    "Jakub": "YAH-koob", "Wojciech": "VOY-chekh", "Szymon": "SHI-mon", "Kacper": "KATS-per", "Goncalo": "gon-SAH-loo",
    "Chidinma": "chi-DIN-ma", "Ngozi": "n-GO-zee", "Xinyi": "SHIN-yee", "Tymofiy": "ti-MO-fee", "Zuzanna": "zoo-ZAN-na",
    "Nkechi": "n-KAY-chee", "Thuy": "Twee", "Eoin": "Owen", "Oisin": "OSH-een", "Cillian": "KILL-ee-an",
}  # fmt: skip
SHORT = {
    "Alexander": "Alex", "Joshua": "Josh", "Samuel": "Sam", "Thomas": "Tom", "Benjamin": "Ben", "Isabella": "Bella",
    "Jakub": "Kuba", "Antoni": "Antek", "Zuzanna": "Zuzia", "Muhammad": "Mo", "Ibrahim": "Ibby", "Abigail": "Abi",
    "Matilda": "Tilly", "Daniel": "Dan", "Oleksandr": "Sasha", "Anastasia": "Nastia", "Harriet": "Hattie",
}  # fmt: skip


def background(draw: Random) -> Background:
    """One background of the census, as often as it occurs."""
    return draw.choices(BACKGROUNDS, _PERCENTS)[0]


def of_ethnicity(code: str) -> Background:
    """The background with this code."""
    return next(background for background in BACKGROUNDS if background.ethnicity == code)
