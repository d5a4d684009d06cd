#!/usr/bin/python3
"""Has Tesseract read pictures after the usual clean-ups, and tells how many whole answers are right.

    tesseract.py FOLDER NAME [COUNT]

FOLDER has NAME.u8 and NAME.txt, as LabelledPictures.java writes them. All recipes try the first 100
pictures; the three that get most characters right go on to COUNT. Case does not count. One line of JSON
goes to the standard output.
"""

import difflib
import json
import os
import subprocess
import sys
import tempfile

import numpy
from PIL import Image, ImageFilter

WIDTH, HEIGHT = 200, 50
FIRST = 100
FINALISTS = 3


def otsu(grey):
    """Black and white, by the level that parts the two best; the fewer pixels are the ink."""
    counts = numpy.bincount(grey.ravel(), minlength=256).astype(float)
    below = counts.cumsum()
    sums = (counts * numpy.arange(256)).cumsum()
    above = below[-1] - below
    with numpy.errstate(divide="ignore", invalid="ignore"):
        between = below * above * (sums / below - (sums[-1] - sums) / above) ** 2
    ink = grey <= numpy.nanargmax(between)
    return ink if ink.mean() <= 0.5 else ~ink


def thin(ink):
    """Zhang and Suen's thinning, so often that strokes become half as thick."""
    for step in range(4):
        p = numpy.pad(ink, 1).astype(numpy.uint8)
        around = [p[:-2, 1:-1], p[:-2, 2:], p[1:-1, 2:], p[2:, 2:],
                  p[2:, 1:-1], p[2:, :-2], p[1:-1, :-2], p[:-2, :-2]]
        count = sum(around)
        turns = sum((around[i] == 0) & (around[(i + 1) % 8] == 1) for i in range(8))
        a, b, c, d = around[0], around[2], around[4], around[6]
        first, second = ((a & b & c, b & c & d) if step % 2 == 0 else (a & b & d, a & c & d))
        ink = ink & ~((count >= 2) & (count <= 6) & (turns == 1) & (first == 0) & (second == 0))
    return ink


def scaled(grey, times=3):
    return numpy.asarray(Image.fromarray(grey).resize((WIDTH * times, HEIGHT * times), Image.BICUBIC))


def paper(ink):
    return numpy.where(ink, 0, 255).astype(numpy.uint8)


def despeckled(image, size=5):
    return numpy.asarray(Image.fromarray(image).filter(ImageFilter.MedianFilter(size)))


def one_ground(grey):
    """Each column's edge pixels say whether it is upside down: undoes a ground from edge to middle."""
    ink = grey < 128
    rows = numpy.arange(HEIGHT)[:, None]
    top, bottom = ink[3:6].mean(0) > 0.5, ink[-6:-3].mean(0) > 0.5
    flip = numpy.where(rows < HEIGHT // 2, top[None], bottom[None])
    return paper(ink ^ flip)


CLEANUPS = {
    "scaled": scaled,
    "threshold": lambda grey: paper(otsu(scaled(grey))),
    "despeckled": lambda grey: despeckled(paper(otsu(scaled(grey)))),
    "thinned": lambda grey: paper(thin(otsu(scaled(grey)))),
    "blurred": lambda grey: paper(otsu(numpy.asarray(
        Image.fromarray(scaled(grey)).filter(ImageFilter.GaussianBlur(3))))),
    "one ground": lambda grey: despeckled(scaled(one_ground(grey))),
}
MODES = ("7", "8")


def read(pictures, cleanup, mode, alphabet):
    """What Tesseract reads in each of the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for i, picture in enumerate(pictures):
            names.append(f"{folder}/{i}.png")
            framed = numpy.pad(CLEANUPS[cleanup](picture), 20, constant_values=255)
            Image.fromarray(framed).save(names[-1])
        with open(f"{folder}/list.txt", "w") as lines:
            lines.write("\n".join(names) + "\n")
        out = subprocess.run(
            ["tesseract", f"{folder}/list.txt", "stdout", "--psm", mode, "--dpi", "200",
             "-c", f"tessedit_char_whitelist={alphabet}", "-c", "load_system_dawg=0", "-c", "load_freq_dawg=0"],
            env={**os.environ, "OMP_THREAD_LIMIT": "1"}, check=True, capture_output=True, text=True)
        pages = out.stdout.split("\f")[:len(pictures)]
        return ["".join(page.split()).lower() for page in pages]


def characters(read_as, answers):
    return sum(
        sum(block.size for block in difflib.SequenceMatcher(None, a, b).get_matching_blocks())
        for a, b in zip(read_as, answers)) / sum(map(len, answers))


def main():
    folder, name = sys.argv[1], sys.argv[2]
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 1000
    with open(f"{folder}/{name}.txt") as lines:
        answers = [line.strip().lower() for line in lines][:count]
    pictures = numpy.memmap(f"{folder}/{name}.u8", numpy.uint8, "r").reshape(-1, HEIGHT, WIDTH)
    pictures = [numpy.array(p) for p in pictures[:count]]
    # A machine knows the alphabet; it need not care for the case.
    alphabet = "".join(sorted(set("".join(answers).upper()) | set("".join(answers))))
    recipes = [(cleanup, mode) for cleanup in CLEANUPS for mode in MODES]
    tried = {r: read(pictures[:FIRST], *r, alphabet) for r in recipes}
    best = sorted(recipes, key=lambda r: -characters(tried[r], answers[:FIRST]))[:FINALISTS]
    right = {}
    for recipe in best:
        rest = read(pictures[FIRST:], *recipe, alphabet) if count > FIRST else []
        right[recipe] = [a == b for a, b in zip(tried[recipe] + rest, answers)]
    winner = max(best, key=lambda r: sum(right[r]))
    print(json.dumps({
        "name": name, "count": count, "best": sum(right[winner]), "recipe": " ".join(winner),
        "any": sum(map(any, zip(*right.values()))),
        "first_100_any_of_all": sum(map(any, zip(*([a == b for a, b in zip(tried[r], answers)] for r in recipes)))),
        "characters": round(100 * max(characters(tried[r], answers[:FIRST]) for r in recipes), 1)}), flush=True)


main()
