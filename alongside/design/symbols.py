"""Pictures beside short sentences: which symbol of the set goes with which words.

The set is Mulberry Symbols (see symbols/NOTICE). A symbol is decoration to its words and carries no name of its own
there (alt=""), so a sentence without one loses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

CREDIT = "Pictures: Mulberry Symbols, CC BY-SA 4.0"

# Each symbol with the words that call for it. Where a sentence holds words of several, the first here wins:
# things and people first, then what one does, then how it feels, and last what could be about anything.
_WORDS: Mapping[str, str] = {
    "dog": "dog dogs puppy",
    "cat": "cat cats kitten",
    "wheelchair": "wheelchair",
    "hearing-aid": "aids implant",
    "glasses": "glasses overlay",
    "headphones": "headphones defenders",
    "medicine": "medicine inhaler",
    "tablets": "tablets",
    "toilet": "toilet toilets",
    "bicycle": "bike bikes bicycle scooter",
    "bus": "bus buses",
    "taxi": "taxi",
    "car": "car cars",
    "swim": "swim swimming pool",
    "music": "music piano drums guitar",
    "sing": "sing singing songs choir",
    "dance": "dance dancing",
    "paint": "paint painting paints",
    "draw": "draw drawing draws",
    "art": "art colouring craft",
    "football": "football goal goals",
    "pe": "pe sport sports gym",
    "maths": "maths sum sums number numbers counting counters",
    "computer": "computer laptop ipad tablet screen",
    "read": "read reading reads book books story stories library",
    "write": "write writing writes handwriting",
    "pencil": "pencil grip",
    "scissors": "scissors cutting",
    "coat": "coat",
    "letter": "letter letters post",
    "phone": "phone",
    "family": "family grandpa grandma gran nan grandad cousins home",
    "mum": "mum mummy mother",
    "dad": "dad daddy father",
    "brother": "brother brothers",
    "sister": "sister sisters",
    "baby": "baby",
    "friends": "friend friends groups group together partner",
    "play-area": "playtime playground lunchtime swings",
    "lunch": "lunch dinner",
    "break": "break breaks snack",
    "clock": "seconds minutes minute timer time clock",
    "calendar": "calendar timetable diary",
    "week": "week weekly",
    "play": "building models lego blocks bricks play playing",
    "sign": "sign signing makaton",
    "card": "card cards paper sheet checklist list picture pictures words print",
    "table": "table desk",
    "sit": "sit sits sitting seat front",
    "window": "window",
    "door": "door corridor",
    "house": "house",
    "school": "school assembly",
    "classroom": "class classroom lesson lessons",
    "ask": "ask asks asking question questions",
    "quiet": "quiet whisper calm silent silence",
    "noisy": "noise noisy loud shouting shout crowds",
    "help": "help helps helping kind share sharing hand hands",
    "think": "remember remembering think thinking know thoughts ideas imagine",
    "wait": "wait waits waiting pause turns",
    "look": "look looks looking see seen watch watching eyes",
    "listen": "listen listening hear hears instruction",
    "talk": "talk talking tell telling say says speak speaking explain voice",
    "teacher": "teacher adult adults come check warn",
    "run": "run running fast",
    "walk": "walk walking movement move",
    "rest": "rest relax space corner den",
    "sleep": "sleep tired",
    "eat": "eat eating food",
    "drink": "drink water",
    "happy": "happy smile smiling laugh laughing",
    "excited": "excited",
    "worried": "worried worry worries anxious",
    "sad": "sad cry crying upset",
    "angry": "angry cross",
    "afraid": "afraid scared frightened",
    "confused": "confused stuck muddled",
    "medal": "win winning medal praise proud",
    "star": "star reward brave best",
    "good": "good well like likes love",
    "start": "start begin first",
    "finish": "finish finished last end",
    "work": "work working try make making",
}
_SYMBOL_OF = {word: (place, name) for place, (name, words) in enumerate(_WORDS.items()) for word in words.split()}
SYMBOLS = tuple(_WORDS)


def symbol(text: str) -> str:
    """The name under `static` of the symbol that goes with a sentence; '' when none does."""
    found = [_SYMBOL_OF[word] for word in re.findall(r"[a-z]+", text.casefold()) if word in _SYMBOL_OF]
    return f"symbols/{min(found)[1]}.svg" if found else ""
