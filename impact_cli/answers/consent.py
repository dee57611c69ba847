"""What a venue may publish of its own words, and what in them may name or reach a person."""

import re
from collections.abc import Mapping

from impact_cli.answers.following import follow_catalogue
from impact_cli.answers.relevance import trace_path
from impact_cli.answers.sheet import Sheet
from impact_cli.catalogue.model import Catalogue, is_free
from impact_cli.typography import fold

_ADDRESS = re.compile(r"[^\s@<>]{1,64}@[^\s@<>]{1,255}\.\w{2,}")
_PHONE = re.compile(r"(?<![\d+])(?:\+\d{2,3}[ .\-\u00a0]?|0)[1-9](?:[ .\-\u00a0\u202f]?\d{2}){4}(?!\d)")
_TITLED = re.compile(r"\b(?:M\.|MM\.|Mr|Mme|Mlle|Mmes|Monsieur|Madame|Mademoiselle|Dr|Docteure?)[ \u00a0][A-ZÀ-Ý]")
_CAPITALISED = re.compile(r"(?<![\w’'-])(?:[dlDL][’'])?([A-ZÀ-ÝŒÆ](?:[\w-]*[a-zà-ÿœæ][\w-]*|[A-ZÀ-ÝŒÆ-]{4,}))")
_STARTS = re.compile(r"(?:^|[.!?…:\n«»(–•-])\W*$")
# Words that begin sentences, and words that are capitalised without naming anybody; what is in neither list may.
_BEGINNINGS = (
    "ecrivez contactez appelez telephonez a afin ailleurs ainsi alors apres au aucun aucune aujourd aussi autour"
    " autre autres aux avant avec beaucoup c car ce cela celles certain certaine certaines certains ces cet cette"
    " chacun chacune chaque chez comme comment d dans de depuis des deux dont du elle elles en encore enfin"
    " ensemble entre environ est et eux faire grace grand il ils j jamais je l la le les leur leurs lors lorsque m"
    " ma mais malgre me meme mes moins mon n ne ni nos notre nous on ou outre par parce parfois parmi pas pendant"
    " personne peu plus plusieurs pour pourtant pres puis qu quand que quel quelle quelques qui quoi rien s sa"
    " sans se selon ses si son sous souvent sur surtout ta tous tout toute toutes tres trois trop un une vers"
    " voici voila vos votre vous y accueil action actions aide animation animations association atelier ateliers"
    " benevoles concert concerts cours creation enfants equipe fete fetes formation formations femmes gens"
    " habitantes habitants hommes jardin jeunes journee lieu merci parents partage permanence permanences quartier"
    " quatre cinq repas rencontre rencontres reunion reunions salaries six soiree stage stages usagers venue"
    " visite visites voisins voisines"
)
_NOBODY = (
    "halles marche petit petite grand grande france europe paris internet noel paques etat mairie republique"
    " francais francaise francaises maison centre saint sainte rue place quartier ville cafe pole association"
    " collectif janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre lundi mardi"
    " mercredi jeudi vendredi samedi dimanche"
)


def texts_of(catalogue: Catalogue, sheet: Sheet) -> Mapping[str, str]:
    """The free words of a sheet that the report tells and that are no public facts, by key, in the order asked."""
    return {
        key: ", ".join(value) if isinstance(value, tuple) else str(value)
        for key, value in trace_path(catalogue, sheet).values.items()
        if is_free(catalogue.questions[key])
    }


def find_unasked(catalogue: Catalogue, sheet: Sheet) -> Mapping[str, str]:
    """The free words about which nobody was asked yet whether they may be published, by key."""
    sheet = follow_catalogue(catalogue, sheet).sheet
    return {key: text for key, text in texts_of(catalogue, sheet).items() if sheet.find_consent(key) is None}


def find_withheld(catalogue: Catalogue, sheet: Sheet) -> frozenset[str]:
    """The keys of the free words that may not leave the venue: all but those to which it consented."""
    sheet = follow_catalogue(catalogue, sheet).sheet
    return frozenset(key for key in texts_of(catalogue, sheet) if not sheet.may_publish(key))


def find_personal(text: str, venue: str = "") -> tuple[str, ...]:
    """What the words seem to hold, as French noun phrases; the venue's own name is no person's.

    A guess that rather warns of a place than misses a first name: it decides nothing.
    """
    found = []
    if _TITLED.search(text) or any(_may_name(word, text, venue) for word in _CAPITALISED.finditer(text)):
        found.append("un nom de personne")
    if _ADDRESS.search(text):
        found.append("une adresse électronique")
    if _PHONE.search(text):
        found.append("un numéro de téléphone")
    return tuple(found)


def _may_name(word: re.Match[str], text: str, venue: str) -> bool:
    """Whether a capitalised word may be somebody's: it is not known to begin sentences, nor to name nobody."""
    folded = fold(word[1])
    if folded in _NOBODY.split() or folded in re.findall(r"[\w-]+", fold(venue)):
        return False
    begins = _STARTS.search(text, max(0, word.start() - 5), word.start()) is not None
    return not (begins and re.split(r"[ '-]", folded)[0] in _BEGINNINGS.split())
