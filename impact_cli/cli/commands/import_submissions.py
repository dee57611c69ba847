"""The half of impact import that reads what phones and pages sent: a sheet for each submission."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from impact_cli.cli.parts.imports import Import
from impact_cli.cli.parts.parameters import expand, name_home
from impact_cli.errors import ImpactError, shorten
from impact_cli.printing import quote
from impact_cli.report.french import name_some, say_count

if TYPE_CHECKING:
    from impact_cli.answers.keeping.store import Stored
    from impact_cli.catalogue.model import Catalogue
    from impact_cli.exchange.field.exports import Beside, Kind
    from impact_cli.exchange.field.fields import Fields
    from impact_cli.exchange.field.importing import Account, Became, Voices
    from impact_cli.exchange.field.submissions import Counts, Gathering

Source = tuple[Path, str, "Kind"]  # where it lies, how people call it, what it is

_MOST_SHEETS = 20  # told one by one; the others are counted
_MOST_NAMED = 8  # columns, questions and reasons in a sentence
_MOST_VOICES = 4  # named in the command that draws them together
_COMPARED = 2


class SubmissionsImport(Import):
    """Makes sheets of submissions."""

    def run(self, files: Sequence[str]) -> tuple[list[str], list[dict[str, object]]]:
        """Import the submissions among these files: the other files, and what there is to say of each sheet in JSON."""
        from impact_cli.exchange.field.exports import find_kind
        from impact_cli.exchange.field.fields import Fields

        fields = Fields(self.catalogue)
        sources, others = list[Source](), list[str]()
        for file in files:
            try:
                kind = None if file == "-" else find_kind(expand(file), fields)
            except ImpactError as error:
                self.complain(error, alone=len(files) == 1)
                continue
            if kind:
                sources.append((expand(file), expand(file).name or file, kind))
            else:
                others.append(file)
        return others, list(self._import(fields, sources)) if sources else []

    def _import(self, fields: "Fields", sources: Sequence[Source]) -> Iterator[dict[str, object]]:
        """All files are read before a sheet is written: what stands in two of them becomes one."""
        from impact_cli.exchange.field.filling import fill
        from impact_cli.exchange.field.importing import Account, Importer
        from impact_cli.exchange.field.submissions import Gathering

        account = Account()
        gathering = Gathering(partial(fill, fields, self.catalogue))
        self._gather(gathering, fields, sources)
        for became in Importer(self.catalogue, self.options).run(gathering):
            account.note(self.catalogue, became)
            if became.stored is None:
                continue
            yield _summarize(became, became.stored)
            if became.writes and account.written <= _MOST_SHEETS:
                self.tell(_tell_sheet(self.catalogue, became.stored))
        for line in (*_tell_fates(account), *_tell_kept(self.catalogue, account)):
            self.tell(line)
        self.failed |= account.has_failed
        self.end(_list_offers(account.voices, name_home(self.options.home)))

    def _gather(self, gathering: "Gathering", fields: "Fields", sources: Sequence[Source]) -> None:
        """Read all files. Raises ImpactError where none has a submission."""
        from impact_cli.exchange.field.exports import Beside, read_submissions
        from impact_cli.exchange.field.mistaken import explain_absence

        beside = Beside()
        for path, name, kind in sources:
            try:
                for pairs in read_submissions(path, name, kind, fields, beside):
                    gathering.add(pairs)
            except ImpactError as error:
                self.complain(error, alone=len(sources) == 1 and not gathering.counts.read)
        for fault in beside.errors:
            self.complain(fault)
        if not gathering.counts.read:
            raise explain_absence(sources[0][0])
        for line in _tell_gathered(gathering.counts, beside):
            self.tell(line)


def _tell_gathered(counts: "Counts", beside: "Beside") -> Iterator[str]:
    yield f"{say_count(counts.read, 'envoi lu', 'envois lus')}."
    if counts.twice:
        yield f"{say_count(counts.twice, 'envoi est', 'envois sont')} en double\u00a0: chacun ne compte qu’une fois."
    if counts.edited:
        edited = say_count(counts.edited, "envoi a été modifié", "envois ont été modifiés")
        yield f"{edited} après coup\u00a0: la dernière version compte seule."
    if counts.rejected:
        rejected = say_count(counts.rejected, "envoi a été refusé", "envois ont été refusés")
        yield f"{rejected} sur le serveur, et laissé{'s' if counts.rejected > 1 else ''} de côté."
    if counts.locked:
        locked = say_count(counts.locked, "envoi est chiffré", "envois sont chiffrés")
        yield f"{locked}\u00a0: exportez de nouveau avec la phrase secrète."
    if beside.media:
        yield f"{say_count(beside.media, 'pièce jointe laissée', 'pièces jointes laissées')} de côté (photos, sons…)."
    if beside.absent:
        yield f"L’export n’a pas de colonne pour {name_some(beside.absent)}."
    if beside.others:
        yield f"Fichiers laissés de côté\u00a0: {name_some(beside.others)}."


def _tell_sheet(catalogue: "Catalogue", stored: "Stored") -> str:
    from impact_cli.answers.progress import measure_progress
    from impact_cli.report.french import tell_sheet

    sheet = stored.sheet
    voice = (
        f", au nom de «\u00a0{shorten(sheet.submission.voice)}\u00a0»"
        if sheet.submission and sheet.submission.voice
        else ""
    )
    progress = measure_progress(catalogue, sheet).told
    return f"  {tell_sheet(sheet.venue, sheet.edition)}{voice}\u00a0: {progress}."


def _tell_fates(account: "Account") -> Iterator[str]:
    """What became of the submissions that are not told one by one."""
    from impact_cli.exchange.field.importing import Fate

    fates = account.fates
    if account.written > _MOST_SHEETS:
        yield f"  … et {say_count(account.written - _MOST_SHEETS, 'autre fiche', 'autres fiches')}."
    if fates[Fate.KNOWN]:
        yield f"{say_count(fates[Fate.KNOWN], 'envoi est', 'envois sont')} déjà dans vos fiches."
    if fates[Fate.CHANGED]:
        changed = say_count(fates[Fate.CHANGED], "envoi a été modifié", "envois ont été modifiés")
        yield f"{changed} depuis l’import\u00a0: les fiches n’ont pas changé. Pour les remplacer\u00a0: --replace."
    if fates[Fate.EMPTY]:
        yield f"{say_count(fates[Fate.EMPTY], 'envoi ne répond', 'envois ne répondent')} à rien\u00a0: aucune fiche."
    for error, count in account.errors.most_common(_MOST_NAMED):
        yield f"{say_count(count, 'envoi', 'envois')} sans fiche. {error}"
    if len(account.errors) > _MOST_NAMED:
        yield f"{say_count(fates[Fate.REFUSED], 'envoi', 'envois')} sans fiche en tout."


def _tell_kept(catalogue: "Catalogue", account: "Account") -> Iterator[str]:
    """What is in the sheets and no answer, and why."""
    ours = f"{catalogue.id} {catalogue.version}"
    for stamp, count in account.stamps.items():
        other = f"au questionnaire {shorten(stamp)}" if stamp != ours else f"à un autre état du questionnaire {ours}"
        yield (
            f"{say_count(count, 'envoi répond', 'envois répondent')} {other} (ici {ours})\u00a0: ce qui a changé de nom"
            " est retrouvé, le reste est gardé tel quel."
        )
    if account.strangers:
        columns = _name_counted(account.strangers)
        yield f"Colonnes que le questionnaire n’a pas, gardées telles quelles dans les fiches\u00a0: {columns}."
    if account.refused:
        asked = Counter({catalogue.questions[key].topic: count for key, count in account.refused.items()})
        yield f"Réponses non reconnues, gardées dans les fiches et à confirmer\u00a0: {_name_counted(asked)}."
    if account.media:
        files = say_count(account.media, "fichier joint", "fichiers joints")
        yield f"{files} (photos, sons…)\u00a0: seuls les noms sont gardés."


def _list_offers(voices: "Voices", home: str) -> dict[str, str]:
    """What to do now: for a venue of several voices, the commands that draw them together."""
    from impact_cli.survey.voices import ALL_VOICES

    several = ((*named, editions) for named, editions in voices.items() if len(editions) > 1)
    venue, edition, editions = next(several, ("", "", []))
    if not editions:
        return {"Pour vérifier et compléter\u00a0:": f"impact survey{home}"}
    both = "".join(f" --edition {each}" for each in editions)
    compare = {"Pour voir où les deux voix se rejoignent\u00a0:": f"impact compare {quote(venue)}{both}{home}"}
    named = ",".join(editions) if len(editions) <= _MOST_VOICES else ALL_VOICES
    command = f"impact survey {quote(venue)} --edition {edition} --from {named}{home}"
    return {
        **(compare if len(editions) == _COMPARED else {}),
        "Pour réunir les voix d’un lieu en une seule fiche\u00a0:": command,
    }


def _summarize(became: "Became", stored: "Stored") -> dict[str, object]:
    sheet = stored.sheet
    return {
        "venue": sheet.venue,
        "edition": sheet.edition,
        "voice": sheet.submission.voice if sheet.submission else "",
        "became": became.fate.value,
        "answers": len(became.filled.answers) + len(became.filled.silences),
        "uncertain": dict(became.filled.uncertain),
        "unplaced": [{"text": text} for text in became.filled.unplaced],
    }


def _name_counted(counted: Counter[str]) -> str:
    """The most frequent, each with how many submissions have it."""
    return name_some([f"{shorten(name)} ({count})" for name, count in counted.most_common(_MOST_NAMED)], len(counted))
