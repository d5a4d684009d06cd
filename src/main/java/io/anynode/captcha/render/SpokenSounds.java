package io.anynode.captcha.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Sounds put together from the clips of one voice, in English: each letter with a word that begins
 * with it ("kilo"), each number of a sum as one word. Every clip is a little faster or slower,
 * higher or lower and louder or softer than the last time; the gaps differ; and behind all of it
 * the same voice talks backwards, which people do not listen to and which a recogniser of speech
 * cannot tell from speech.
 *
 * <p>It computes with additions, multiplications and divisions alone, whose results Java defines to
 * the last bit, so that all nodes agree.
 */
public final class SpokenSounds implements Sounds {

  private static final int LONGEST_TEXT = 16;
  private static final Pattern SUM = Pattern.compile("([0-9]+|[+-])+=\\?");
  private static final Pattern PART_OF_SUM = Pattern.compile("[0-9]+|[+-]");

  /** So that a sound and a picture of one seed have nothing in common. */
  private static final long OWN = 0x536F756E64L;

  /**
   * How loud each voice behind is beside the one in front, and how loud the hiss is. Some 10 dB
   * below it are easily left out of account by people; pocketsphinx, told what may be said, gets 60
   * of 60 texts of five without them, and 4 with them.
   */
  private static final double BEHIND = 0.25;

  private static final double HISS = 0.01;
  private static final int VOICES_BEHIND = 2;

  private final Voice voice;

  /** Reads the clips: some 900 kB in memory. */
  public SpokenSounds() {
    this.voice = Voice.read();
  }

  @Override
  public boolean canSpeak(String text) {
    return parts(text).stream().allMatch(voice::has);
  }

  @Override
  public byte[] speak(String text, long seed) {
    if (text.isEmpty() || text.length() > LONGEST_TEXT || !canSpeak(text)) {
      throw new IllegalArgumentException(
          "only 1 to %d characters for which there are clips are spoken".formatted(LONGEST_TEXT));
    }
    SplittableRandom random = SeededRandom.of(text, seed ^ OWN);
    List<Clip> spoken = spoken(text, random);
    Clip last = spoken.get(spoken.size() - 1);
    float[] sound = new float[last.end() + seconds(random, 0.3, 0.6)];
    spoken.forEach(clip -> clip.addTo(sound));
    for (int i = 0; i < VOICES_BEHIND; i++) {
      talkBehind(sound, random);
    }
    for (int i = 0; i < sound.length; i++) {
      sound[i] += (float) (HISS * (random.nextDouble() * 2 - 1));
    }
    return Wav.file(sound);
  }

  private List<Clip> spoken(String text, SplittableRandom random) {
    List<Clip> clips = new ArrayList<>();
    int at = seconds(random, 0.3, 0.7);
    for (String part : parts(text)) {
      for (float[] samples : voice.clips(part)) {
        Clip clip =
            new Clip(samples, at, random.nextDouble(0.9, 1.08), random.nextDouble(0.7, 1.0), false);
        clips.add(clip);
        at = clip.end() + seconds(random, 0.08, 0.16);
      }
      at += seconds(random, 0.3, 0.6);
    }
    return clips;
  }

  private void talkBehind(float[] sound, SplittableRandom random) {
    int at = 0;
    while (at < sound.length) {
      float[] samples = voice.all().get(random.nextInt(voice.all().size()));
      double loud = BEHIND * random.nextDouble(0.6, 1.0);
      Clip clip = new Clip(samples, at, random.nextDouble(0.85, 1.2), loud, true);
      clip.addTo(sound);
      at = clip.end() + seconds(random, 0, 0.12);
    }
  }

  /** What is said one after the other. */
  private static List<String> parts(String text) {
    return SUM.matcher(text).matches()
        ? PART_OF_SUM.matcher(text).results().map(MatchResult::group).toList()
        : text.toUpperCase(Locale.ROOT).chars().mapToObj(Character::toString).toList();
  }

  private static int seconds(SplittableRandom random, double least, double most) {
    return (int) (Voice.RATE * random.nextDouble(least, most));
  }

  /** A clip in its place. */
  private static final class Clip {

    private final float[] samples;
    private final int begin;
    private final double speed;
    private final double loud;
    private final boolean backwards;

    /** Plays these at a speed, and a pitch that goes along. */
    Clip(float[] samples, int begin, double speed, double loud, boolean backwards) {
      this.samples = samples;
      this.begin = begin;
      this.speed = speed;
      this.loud = loud;
      this.backwards = backwards;
    }

    int end() {
      return begin + (int) ((samples.length - 1) / speed);
    }

    void addTo(float[] sound) {
      int end = Math.min(end(), sound.length);
      for (int i = begin; i < end; i++) {
        double exact = (i - begin) * speed;
        int before = (int) exact;
        double part = exact - before;
        sound[i] += (float) (loud * (sample(before) * (1 - part) + sample(before + 1) * part));
      }
    }

    private float sample(int at) {
      return samples[backwards ? samples.length - 1 - at : at];
    }
  }
}
