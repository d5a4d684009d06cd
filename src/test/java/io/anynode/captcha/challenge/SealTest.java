package io.anynode.captcha.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SealTest {

  private static final Instant BEGUN = Instant.parse("2029-12-31T23:55:00Z");
  private static final Instant EXPIRES = Instant.parse("2030-01-01T00:00:00.123Z");
  private static final Challenge CHALLENGE =
      new Challenge(new Question("7K+?", new Answer("7K", false)), 42L, "login", EXPIRES);

  private final SecureRandom random = new SecureRandom();
  private final Seal seal = new Seal(List.of("a secret of some length"), random);
  private final ChallengeId id = seal.mint(BEGUN, EXPIRES);

  @Test
  void anotherNodeWithTheSameSecretOpensWhatThisOneSealed() {
    Seal otherNode = new Seal(List.of("a secret of some length"), random);

    assertThat(otherNode.open(id, seal.seal(id, CHALLENGE))).isEqualTo(CHALLENGE);
  }

  @Test
  void theSealedTextIsShortAsciiThatNeverRepeatsAndDoesNotShowTheAnswer() {
    Set<String> texts = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      String sealed = seal.seal(id, CHALLENGE);
      assertThat(sealed).matches("1\\.[A-Za-z0-9_-]{60,160}");
      byte[] bytes = Base64.getUrlDecoder().decode(sealed.substring(2));
      assertThat(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1))
          .doesNotContain("7K+?", "login");
      texts.add(sealed);
    }
    assertThat(texts).hasSize(1000);
  }

  @Test
  void anyAlteredCharacterMakesItNoChallenge() {
    String sealed = seal.seal(id, CHALLENGE);
    for (int i = 0; i < sealed.length(); i++) {
      char other = sealed.charAt(i) == 'A' ? 'Q' : 'A';
      String altered = sealed.substring(0, i) + other + sealed.substring(i + 1);
      assertThat(seal.open(id, altered)).as("character %d", i).isNull();
    }
    for (String broken :
        List.of("", "1.", "1.AAAA", "1.!", "2." + sealed.substring(2), sealed + "A")) {
      assertThat(seal.open(id, broken)).isNull();
    }
  }

  @Test
  void aTextCutShortAnywhereIsNoChallenge() {
    String sealed = seal.seal(id, CHALLENGE);
    for (int length = 0; length < sealed.length(); length++) {
      assertThat(seal.open(id, sealed.substring(0, length))).as("%d characters", length).isNull();
    }
  }

  @Test
  void itOpensUnderNoOtherIdAndByNoOtherSecret() {
    String sealed = seal.seal(id, CHALLENGE);

    assertThat(seal.open(seal.mint(BEGUN, EXPIRES), sealed)).isNull();
    assertThat(new Seal(List.of("another secret of length"), random).open(id, sealed)).isNull();
  }

  @Test
  void aPreviousSecretStillOpensAndTheNewOneSeals() {
    Seal rotated = new Seal(List.of("a new secret of length", "a secret of some length"), random);

    assertThat(rotated.open(id, seal.seal(id, CHALLENGE))).isEqualTo(CHALLENGE);
    assertThat(seal.open(id, rotated.seal(id, CHALLENGE))).isNull();
    assertThat(rotated.issued(id, BEGUN)).isTrue();
  }

  @Test
  void theNodeThatIssuedAChallengeIsSealedIntoIt() {
    Challenge ofNodeA =
        new Challenge(CHALLENGE.question(), 42L, "login", EXPIRES, NodeMark.of("node-a"));

    assertThat(seal.open(id, seal.seal(id, ofNodeA))).isEqualTo(ofNodeA);
    assertThat(NodeMark.of("node-a")).isNotEqualTo(NodeMark.of("node-b"));
  }

  @Test
  void aTextThatWasSealedBeforeNodesHadAMarkStillOpens() {
    ChallengeId old = new ChallengeId("vdWxA56JpY1hKRjvjlMt1QG42sW0e48r7iBb6Y66");
    String sealed =
        "1.COV_LZ0KVO4wKZmFvPdltoso4U0NpwAUtdFFK1tNsdFiBvJEvOGqxURnFD9ORl2w0GNynpc2467anefBsaU";

    assertThat(seal.open(old, sealed)).isEqualTo(CHALLENGE);
    assertThat(CHALLENGE.node()).isEqualTo(NodeMark.UNKNOWN);
  }

  @Test
  void theWorkOfAChallengeIsSealedWithIt() {
    Challenge withWork =
        new Challenge(
            CHALLENGE.question(),
            42L,
            "login",
            EXPIRES,
            NodeMark.of("node-a"),
            new Work("00112233445566778899aabbccddeeff", 1234567, 1000));
    String sealed = seal.seal(id, withWork);

    assertThat(sealed).matches("1\\.[A-Za-z0-9_-]{60,160}");
    assertThat(seal.open(id, sealed)).isEqualTo(withWork);
    assertThat(seal.open(id, seal.seal(id, CHALLENGE))).isEqualTo(CHALLENGE);
    assertThat(CHALLENGE.work()).isNull();
  }

  @Test
  void aTextThatWasSealedBeforeChallengesHadWorkStillOpens() {
    ChallengeId old = new ChallengeId("YIWR3lWzTnkh-ME59dP5GwG42sW0e4LZ1rs3hVSD");
    String sealed =
        "1.VsWVWUXRNAIxlF9BvjzKIJHC2rOmihSxAk-Ph3PjUpXRUO4BZEV1gl659i_EfiNW7VgTG0wxKQo21UHudCpTWs9u";

    assertThat(seal.open(old, sealed))
        .isEqualTo(
            new Challenge(CHALLENGE.question(), 42L, "login", EXPIRES, NodeMark.of("node-a")));
  }

  @Test
  void anIdTellsItsExpiryAndWhetherItWasIssuedToASession() {
    assertThat(id.text()).hasSize(40);
    assertThat(id.expires()).isEqualTo(EXPIRES);
    assertThat(seal.issued(id, BEGUN)).isTrue();
    assertThat(seal.issued(id, BEGUN.plusMillis(1))).isFalse();
    ChallengeId madeUp = new ChallengeId("A".repeat(40));
    assertThat(seal.issued(madeUp, BEGUN)).isFalse();
  }

  @Test
  void onlyTheFormOfAnIdIsAnId() {
    assertThat(ChallengeId.parse(id.text())).isEqualTo(id);
    for (String text :
        new String[] {
          null,
          "",
          " ",
          "A".repeat(39),
          "A".repeat(41),
          "A".repeat(39) + ".",
          "A".repeat(39) + "\0",
          "A".repeat(39) + "é",
          id.text() + "\n",
          "x".repeat(1 << 20)
        }) {
      assertThat(ChallengeId.parse(text)).isNull();
    }
  }

  @Test
  void nothingThatHoldsAnAnswerTellsItInItsText() {
    assertThat(CHALLENGE.toString() + CHALLENGE.question() + CHALLENGE.question().answer())
        .doesNotContain("7K", "42");
  }
}
