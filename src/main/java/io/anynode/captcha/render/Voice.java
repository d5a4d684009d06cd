package io.anynode.captcha.render;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The clips of one voice, from the resources that {@code src/main/voice/make.sh} wrote. */
final class Voice {

  /** Samples in a second, of the clips and of what is made of them. */
  static final int RATE = 8000;

  private final Map<String, List<float[]>> clips;
  private final List<float[]> all;

  private Voice(Map<String, List<float[]>> clips) {
    this.clips = clips;
    this.all = clips.values().stream().flatMap(List::stream).toList();
  }

  /** Reads the resources {@code voice.wav} and {@code voice.txt}. */
  static Voice read() {
    try (InputStream sound = resource("voice.wav");
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(resource("voice.txt"), StandardCharsets.US_ASCII))) {
      short[] samples = ImaAdpcm.decode(sound.readAllBytes());
      Map<String, List<float[]>> clips = new LinkedHashMap<>();
      int at = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] parts = line.split(" ", -1);
        int end = at + Integer.parseInt(parts[1]);
        clips
            .computeIfAbsent(parts[0], said -> new ArrayList<>())
            .add(asFloats(Arrays.copyOfRange(samples, at, end)));
        at = end;
      }
      return new Voice(clips);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether there is a clip of this. */
  boolean has(String said) {
    return clips.containsKey(said);
  }

  /**
   * What is said one after the other: a letter's name and its word, else one clip. Not to be
   * changed.
   *
   * @param said a capital, a number or a sign, for which {@link #has} holds
   */
  List<float[]> clips(String said) {
    return Objects.requireNonNull(clips.get(said));
  }

  /** All clips there are. Not to be changed. */
  List<float[]> all() {
    return all;
  }

  private static float[] asFloats(short[] samples) {
    float[] floats = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      floats[i] = samples[i] / (float) -Short.MIN_VALUE;
    }
    return floats;
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(Voice.class.getResourceAsStream(name), name);
  }
}
