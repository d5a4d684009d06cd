#!/bin/sh
# Makes the clips from which a challenge is spoken: voice.wav and voice.txt of the package render.
#
# On Debian 12: apt-get install flite sox (flite 2.2, sox 14.4.2), then run this from the project's
# folder. The same versions give the same bytes. The voice is flite's "rms" by Carnegie Mellon
# University; NOTICE has its licence. Of flite's voices it lost least at 8 kHz, as a recogniser hears it. Letters are given as phones, since flite reads a lone "a" as the
# article. Each clip is trimmed, brought to one loudness and to 8 kHz; all are joined, and stored in 4
# bits a sample (IMA ADPCM). voice.txt has a line for each: what it is said for, and its length in
# samples. A letter has two clips, its name and a word of the NATO alphabet, for names of letters alone
# are hard to tell apart.
set -eu
to=${1:-src/main/resources/io/anynode/captcha/render}
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

# clip KEY OPTION TEXT: one more clip; OPTION is -t for a text, -p for phones
clip() {
  flite -voice rms "$2" "$3" -o "$work/said.wav"
  sox -D "$work/said.wav" -t raw -r 8000 -e signed -b 16 "$work/clip.raw" \
    silence 1 0.005 0.1% reverse silence 1 0.005 0.1% reverse \
    highpass 80 treble 6 2500 rate -h 8000 compand 0.005,0.1 6:-40,-30,-20,-14,0,-6 0 -20 0.01 norm -1
  cat "$work/clip.raw" >> "$work/all.raw"
  echo "$1 $(($(wc -c < "$work/clip.raw") / 2))" >> "$work/voice.txt"
}

letter() {
  clip "$1" -p "pau $2 pau"
  clip "$1" -t "$3"
}

letter A 'ey1' alpha
letter C 's iy1' charlie
letter D 'd iy1' delta
letter E 'iy1' echo
letter F 'eh1 f' foxtrot
letter H 'ey1 ch' hotel
letter K 'k ey1' kilo
letter M 'eh1 m' mike
letter N 'eh1 n' november
letter P 'p iy1' papa
letter R 'aa1 r' romeo
letter T 't iy1' tango
letter U 'y uw1' uniform
letter W 'd ah1 b ax l y uw' whiskey
letter X 'eh1 k s' x-ray
number=2 # the least in a sum
for word in two three four five six seven eight nine ten eleven twelve thirteen fourteen \
  fifteen sixteen seventeen eighteen nineteen; do
  clip $number -t $word
  number=$((number + 1))
done
clip + -t plus
clip - -t minus

sox -D -t raw -r 8000 -e signed -b 16 -c 1 "$work/all.raw" -e ima-adpcm "$work/voice.wav"
mv "$work/voice.wav" "$work/voice.txt" "$to"
