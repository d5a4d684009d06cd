package io.anynode.captcha.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.stream.IntStream;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;

class WorkTest {

  private static final HexFormat HEX = HexFormat.of();

  private final SecureRandom random = new SecureRandom();
  private final Instant expires = Instant.parse("2030-01-01T00:00:00Z");
  private final Seal seal = new Seal(List.of("a secret of some length"), random);

  /** The nonce and the counter are characters here, which Java's own takes as well. */
  private final ChallengeId id =
      new ChallengeId(
          Base64.getUrlEncoder()
              .encodeToString(ascii("a nonce of ASCII and what follows".substring(0, 30))));

  @Test
  void aKeyIsWhatJavasOwnPbkdf2MakesOfIt() throws Exception {
    Work work = new Work(0x31323334, 7);
    byte[] key = javas("a nonce of ASCII1234", HEX.parseHex(work.salt(id)), 7);

    assertThat(work.nonce(id)).isEqualTo(HEX.formatHex(ascii("a nonce of ASCII")));
    assertThat(work.keyPrefix(id)).isEqualTo(HEX.formatHex(Arrays.copyOf(key, 16)));
    assertThat(work.isDone(id, new Proof(id, 0x31323334, HEX.formatHex(key)))).isTrue();
  }

  @Test
  void onlyTheCounterWithItsKeyForThisChallengeIsAProof() throws Exception {
    Work work = new Work(0x31323334, 7);
    String key = HEX.formatHex(javas("a nonce of ASCII1234", HEX.parseHex(work.salt(id)), 7));
    ChallengeId other = seal.mint(expires, expires);

    assertThat(work.isDone(id, new Proof(id, 0x31323334, key))).isTrue();
    assertThat(work.isDone(id, new Proof(id, 0x31323335, key))).isFalse();
    assertThat(work.isDone(id, new Proof(id, 0x131323334L, key))).isFalse();
    assertThat(work.isDone(id, new Proof(id, -1, key))).isFalse();
    assertThat(work.isDone(id, new Proof(other, 0x31323334, key))).isFalse();
    for (String wrong : List.of("", "0", key.substring(0, 32), key + "00", "é".repeat(64))) {
      assertThat(work.isDone(id, new Proof(id, 0x31323334, wrong))).isFalse();
    }
    assertThat(work.isDone(other, new Proof(other, 0x31323334, key))).isFalse();
  }

  @Test
  void eachCounterUpToTwiceTheDifficultyIsAsLikelyAsAnyOther() {
    IntSummaryStatistics counters =
        IntStream.range(0, 100_000).map(i -> Work.make(random, 50).counter()).summaryStatistics();

    assertThat(counters.getMin()).isZero();
    assertThat(counters.getMax()).isEqualTo(99);
    assertThat(counters.getAverage()).isBetween(49.0, 50.0);
    assertThat(Work.make(random, 1).counter()).isBetween(0, 1);
    assertThat(Work.make(random, 1_000_000_000).counter()).isNotNegative();
  }

  @Test
  void nothingOfItIsInItsText() {
    Work work = Work.make(random, 50);

    assertThat(work + " " + new Proof(id, 7, "00")).isEqualTo("(hidden) (hidden)");
  }

  @Test
  void nobodyCanTypeTheAnswerToWorkAlone() {
    Question question = new WorkMaker().make(random);

    assertThat(question.shown()).isEmpty();
    assertThat(question.answer().text()).hasSize(32);
    assertThat(question.answer().matches("\u00a0")).isFalse();
    assertThat(question.answer()).isNotEqualTo(new WorkMaker().make(random).answer());
  }

  private static byte[] javas(String password, byte[] salt, int rounds) throws Exception {
    return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
        .generateSecret(new PBEKeySpec(password.toCharArray(), salt, rounds, 256))
        .getEncoded();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
