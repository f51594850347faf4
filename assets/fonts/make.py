"""Makes the fonts for the letters that Pretendard lacks, and the list of all letters that can be drawn.

python assets/fonts/make.py NOTO DROID EMOJI, where NOTO is the folder of Debian's fonts-noto-core, DROID the file
DroidSansFallbackFull.ttf of fonts-droid-fallback, and EMOJI the file NotoEmoji_400Regular.ttf of npm's
@expo-google-fonts/noto-emoji. It needs fontTools.
"""

from __future__ import annotations

import pathlib
import sys
from collections.abc import Iterable

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = pathlib.Path(__file__).resolve().parent
SCRIPTS = (
    "Hebrew",
    "Arabic",
    "Thai",
    "Devanagari",
    "Bengali",
    "Tamil",
    "Armenian",
    "Georgian",
    "Khmer",
    "Lao",
    "Myanmar",
)
# What a run of letters in one script may have between them: spaces, joiners, and the circle under a lone accent.
SHARED = {0x20, 0x200C, 0x200D, 0x200E, 0x200F, 0x25CC}
#: From which file each face is drawn; a letter is drawn in the first face that has it.
FACES = {
    "text": "Pretendard-Medium.otf",
    "bold": "Pretendard-Bold.otf",
    "serif": "SourceSerif4-SemiBold.ttf",
    "mono": "IBMPlexMono-Medium.ttf",
    "latin": "NotoSans-Rest.ttf",
    **{script.lower(): f"NotoSans{script}-Subset.ttf" for script in SCRIPTS},
    "han": "DroidSansFallback-Han.ttf",
    "emoji": "NotoEmoji-Subset.ttf",
}


def letters_of(file: pathlib.Path) -> set[int]:
    """The code points for which a font has a picture."""
    return set(TTFont(file).getBestCmap())


def make(source: pathlib.Path, name: str, wanted: set[int]) -> None:
    """Writes the part of a font that has the wanted letters."""
    options = subset.Options(hinting=False, layout_features=["*"], name_IDs=["*"], notdef_outline=True)
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    subset.save_font(font, str(HERE / name), options)


def is_han(code: int) -> bool:
    """Whether a letter belongs to the writing of Chinese or Japanese, but for the rare ideographs of Extension A."""
    return 0x2E80 <= code <= 0x33FF or 0x4E00 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0xFE30 <= code <= 0xFFEF


def ranges(codes: Iterable[int]) -> list[str]:
    """Code points as ranges in hexadecimal."""
    found: list[list[int]] = []
    for code in sorted(codes):
        if found and code == found[-1][1] + 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return [f"{first:X}" if first == last else f"{first:X}-{last:X}" for first, last in found]


def main(noto: pathlib.Path, droid: pathlib.Path, emoji: pathlib.Path) -> None:
    own = letters_of(HERE / FACES["text"])
    make(noto / "NotoSans-Regular.ttf", FACES["latin"], letters_of(noto / "NotoSans-Regular.ttf") - own | SHARED)
    for script in SCRIPTS:
        source = noto / f"NotoSans{script}-Regular.ttf"
        make(source, FACES[script.lower()], letters_of(source) - own | SHARED)
    make(droid, FACES["han"], {code for code in letters_of(droid) - own if is_han(code)} | {0x20})
    make(emoji, FACES["emoji"], {code for code in letters_of(emoji) - own if code > 0x2000} | {0x20, 0x200D, 0xFE0F})
    lines = [f"{face} {name} {' '.join(ranges(letters_of(HERE / name)))}\n" for face, name in FACES.items()]
    (HERE / "coverage.txt").write_text("".join(lines), encoding="ascii")


if __name__ == "__main__":
    main(*(pathlib.Path(given) for given in sys.argv[1:4]))
