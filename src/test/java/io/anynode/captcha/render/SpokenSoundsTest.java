package io.anynode.captcha.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anynode.captcha.challenge.SumMaker;
import io.anynode.captcha.challenge.TextMaker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpokenSoundsTest {

  private static final int SECOND = 8000;

  private final Sounds sounds = new SpokenSounds();

  @ParameterizedTest
  @ValueSource(strings = {"A", "K7RXM", "ACEFHKMNPRTU", "17+19=?", "12-3=?"})
  void itIsAWavFileThatJavaReadsToo(String text) throws Exception {
    try (AudioInputStream sound = read(sounds.speak(text, 7))) {
      AudioFormat format = sound.getFormat();
      assertThat(format.getEncoding()).isEqualTo(AudioFormat.Encoding.PCM_UNSIGNED);
      assertThat(format.getSampleRate()).isEqualTo(SECOND);
      assertThat(format.getSampleSizeInBits()).isEqualTo(8);
      assertThat(format.getChannels()).isEqualTo(1);
      assertThat(sound.readAllBytes()).hasSize((int) sound.getFrameLength());
    }
  }

  @Test
  void fiveCharactersTakeFiveToThirteenSecondsAndAtMost100Kilobytes() {
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      String text = new TextMaker(5, false).make(random).shown();
      assertThat(sounds.speak(text, random.nextLong()).length)
          .isBetween(5 * SECOND, Math.min(13 * SECOND, 100_000));
    }
  }

  @Test
  void theLongestTextIsBoundedToo() {
    assertThat(sounds.speak("W".repeat(16), 1).length).isLessThan(60 * SECOND);
  }

  @Test
  void thereAreClipsForAllThatIsAsked() {
    assertThat(TextMaker.ALPHABET.chars())
        .allMatch(character -> sounds.canSpeak(Character.toString(character)));
    Random random = new Random(2);
    for (int i = 0; i < 5000; i++) {
      assertThat(sounds.canSpeak(new SumMaker().make(random).shown())).isTrue();
    }
  }

  @Test
  void aLetterIsSpokenWhicheverItsCase() {
    assertThat(sounds.canSpeak("k7rxm")).isTrue();
    assertThat(sounds.speak("k7rxm", 1)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A?", "1=?", "20+3=?", "A B", "\u00c4", "ACEFHKMNPRTUWX347"})
  void whatHasNoClipsIsRefusedWithoutAWordOfIt(String text) {
    assertThatThrownBy(() -> sounds.speak(text, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("only 1 to 16 characters for which there are clips are spoken");
  }

  @Test
  void oneSeedIsOneSoundOnEachNodeAndAnotherIsAnother() {
    byte[] sound = sounds.speak("K7RXM", 42);
    assertThat(new SpokenSounds().speak("K7RXM", 42)).isEqualTo(sound);
    assertThat(sounds.speak("K7RXM", 43)).isNotEqualTo(sound);
    assertThat(sounds.speak("K7RXN", 42)).isNotEqualTo(sound);
  }

  /** No place in it can be foreseen: neither its length, nor where a character begins. */
  @Test
  void theSameCharacterIsSpokenDifferentlyEachTime() {
    assertThat(sounds.speak("7777", 1).length).isNotEqualTo(sounds.speak("7777", 2).length);
    assertThat(sounds.speak("7777", 3).length).isNotEqualTo(sounds.speak("7777", 4).length);
  }

  /** Speech, a pause with the voices behind, and no silence and no clipping anywhere. */
  @Test
  void theVoiceInFrontIsWellAboveThoseBehind() throws Exception {
    byte[] samples;
    try (AudioInputStream sound = read(sounds.speak("K7RXM", 5))) {
      samples = sound.readAllBytes();
    }
    double[] loud = new double[samples.length / 400];
    for (int frame = 0; frame < loud.length; frame++) {
      double sum = 0;
      for (int i = 0; i < 400; i++) {
        double sample = Byte.toUnsignedInt(samples[frame * 400 + i]) - 128.0;
        sum += sample * sample;
      }
      loud[frame] = Math.sqrt(sum / 400);
    }
    Arrays.sort(loud);
    double inFront = loud[loud.length * 9 / 10];
    double behind = loud[loud.length / 10];
    assertThat(behind).isGreaterThan(0.4);
    assertThat(inFront / behind).isGreaterThan(4);
    assertThat(inFront).isBetween(15.0, 100.0);
  }

  private static AudioInputStream read(byte[] wav)
      throws IOException, UnsupportedAudioFileException {
    return AudioSystem.getAudioInputStream(new ByteArrayInputStream(wav));
  }
}
