"""The command `translate`: the files in which a pack is put into another language."""

from __future__ import annotations

import pathlib

import click

from tabletop.cli.errors import harmless, plain_errors, tell


@click.command()
@click.argument("pack")
@click.argument("language")
def translate(pack: str, language: str) -> None:
    """Write or bring up to date the files of PACK (a folder, or an id) in LANGUAGE, such as ko.

    They lie in a folder of the pack that is called like the language, beside its own: each text of the pack with room
    for what it is called. What is there already is kept; of a text that the pack has changed, what was said before
    stands beside it. 'tabletop check' says what is missing.
    """
    from tabletop.scenario.library import locate
    from tabletop.scenario.loading import load
    from tabletop.scenario.translation_files import obsolete, translation_files
    from tabletop.scenario.translation_tables import languages
    from tabletop.storage.atomic_write import write_whole

    with plain_errors():
        folder, noun = locate(pack), load(pack)
        others = [one for one in languages() if one != noun.language]
        if language not in others:
            raise click.UsageError(f"the program speaks no such language; this pack can be in: {', '.join(others)}")
        folder = folder.parent if folder.is_file() else folder
        written = translation_files(folder, noun, language)
        try:
            for name, text in written.files.items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                write_whole(folder / name, text.encode())
            for name in obsolete(folder, language, written.files):
                pathlib.Path(folder / name).unlink()
        except OSError as error:
            raise click.ClickException(harmless(f"cannot write {folder}: {error.strerror or error}")) from None
    tell(f"{folder / language}: {written.told:,} of {written.texts:,} texts are in '{language}'")
