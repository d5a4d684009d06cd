package io.anynode.captcha.challenge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SealTest {

  private static final Instant BEGUN = Instant.parse("2029-12-31T23:55:00Z");
  private static final Instant EXPIRES = Instant.parse("2030-01-01T00:00:00.123Z");
  private static final Question QUESTION = new Question("7K+?", new Answer("7K", false));

  /** As the first form was sealed. */
  private static final Challenge FIRST = new Challenge(QUESTION, 42L, "login", EXPIRES);

  private final SecureRandom random = new SecureRandom();
  private final Seal seal = new Seal(List.of("a secret of some length"), random);
  private final ChallengeId id = seal.mint(BEGUN, EXPIRES);
  private final Challenge challenge = challenge(seal, id);

  private static Challenge challenge(Seal seal, ChallengeId id) {
    return new Challenge(QUESTION, seal.seed(id), "login", EXPIRES);
  }

  @Test
  void anotherNodeWithTheSameSecretOpensWhatThisOneSealed() {
    Seal otherNode = new Seal(List.of("a secret of some length"), random);

    assertThat(otherNode.open(id, seal.seal(id, challenge))).isEqualTo(challenge);
  }

  @Test
  void theSealedTextIsShortAsciiThatNeverRepeatsAndDoesNotShowTheAnswer() {
    Set<String> texts = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      ChallengeId each = seal.mint(BEGUN, EXPIRES);
      String sealed = seal.seal(each, challenge(seal, each));
      assertThat(sealed).matches("2\\.[A-Za-z0-9_-]{30,61}");
      byte[] bytes = Base64.getUrlDecoder().decode(sealed.substring(2));
      assertThat(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1))
          .doesNotContain("7K+?", "login");
      texts.add(sealed);
    }
    assertThat(texts).hasSize(1000);
  }

  @Test
  void whatIsDrawnFollowsFromTheIdAndNobodyTellsItWithoutTheSecret() {
    Seal other = new Seal(List.of("another secret of length"), random);

    assertThat(seal.seed(id)).isEqualTo(seal.seed(new ChallengeId(id.text())));
    assertThat(seal.seed(id)).isNotEqualTo(other.seed(id));
    assertThat(seal.seed(id)).isNotEqualTo(seal.seed(seal.mint(BEGUN, EXPIRES)));
  }

  @Test
  void aChallengeThatIsNotOfItsIdIsNotSealed() {
    Challenge drawnOtherwise = new Challenge(QUESTION, 42L, "login", EXPIRES);
    Challenge laterThanItsId =
        new Challenge(QUESTION, seal.seed(id), "login", EXPIRES.plusMillis(1));

    assertThatIllegalArgumentException().isThrownBy(() -> seal.seal(id, drawnOtherwise));
    assertThatIllegalArgumentException().isThrownBy(() -> seal.seal(id, laterThanItsId));
  }

  @Test
  void anyAlteredCharacterMakesItNoChallenge() {
    String sealed = seal.seal(id, challenge);
    for (int i = 0; i < sealed.length(); i++) {
      char other = sealed.charAt(i) == 'A' ? 'Q' : 'A';
      String altered = sealed.substring(0, i) + other + sealed.substring(i + 1);
      assertThat(seal.open(id, altered)).as("character %d", i).isNull();
    }
    for (String broken :
        List.of("", "2.", "2.AAAA", "2.!", "1." + sealed.substring(2), "1.AAAA", sealed + "A")) {
      assertThat(seal.open(id, broken)).isNull();
    }
  }

  @Test
  void aTextCutShortAnywhereIsNoChallenge() {
    String sealed = seal.seal(id, challenge);
    for (int length = 0; length < sealed.length(); length++) {
      assertThat(seal.open(id, sealed.substring(0, length))).as("%d characters", length).isNull();
    }
  }

  @Test
  void itOpensUnderNoOtherIdAndByNoOtherSecret() {
    String sealed = seal.seal(id, challenge);

    assertThat(seal.open(seal.mint(BEGUN, EXPIRES), sealed)).isNull();
    assertThat(new Seal(List.of("another secret of length"), random).open(id, sealed)).isNull();
  }

  @Test
  void manyAtOnceSealAndOpenEachItsOwnAlsoWhileOthersOpenWhatWasAltered() {
    List<Integer> wrong =
        IntStream.range(0, 20_000)
            .parallel()
            .filter(
                number -> {
                  ChallengeId own = seal.mint(BEGUN, EXPIRES);
                  Challenge sealed = challenge(seal, own);
                  String text = seal.seal(own, sealed);
                  boolean altered = number % 3 == 0;
                  Challenge opened =
                      seal.open(own, altered ? text.substring(0, text.length() - 4) : text);
                  return altered ? opened != null : !sealed.equals(opened);
                })
            .boxed()
            .toList();

    assertThat(wrong).isEmpty();
  }

  @Test
  void aPreviousSecretStillOpensAndTheNewOneSeals() {
    Seal rotated = new Seal(List.of("a new secret of length", "a secret of some length"), random);

    ChallengeId its = rotated.mint(BEGUN, EXPIRES);

    assertThat(rotated.open(id, seal.seal(id, challenge))).isEqualTo(challenge);
    assertThat(seal.open(its, rotated.seal(its, challenge(rotated, its)))).isNull();
    assertThat(rotated.issued(id, BEGUN)).isTrue();
  }

  @Test
  void theNodeThatIssuedAChallengeIsSealedIntoIt() {
    Challenge ofNodeA =
        new Challenge(QUESTION, seal.seed(id), "login", EXPIRES, NodeMark.of("node-a"));

    assertThat(seal.open(id, seal.seal(id, ofNodeA))).isEqualTo(ofNodeA);
    assertThat(NodeMark.of("node-a")).isNotEqualTo(NodeMark.of("node-b"));
  }

  @Test
  void aTextThatWasSealedBeforeNodesHadAMarkStillOpens() {
    ChallengeId old = new ChallengeId("vdWxA56JpY1hKRjvjlMt1QG42sW0e48r7iBb6Y66");
    String sealed =
        "1.COV_LZ0KVO4wKZmFvPdltoso4U0NpwAUtdFFK1tNsdFiBvJEvOGqxURnFD9ORl2w0GNynpc2467anefBsaU";

    assertThat(seal.open(old, sealed)).isEqualTo(FIRST);
    assertThat(FIRST.node()).isEqualTo(NodeMark.UNKNOWN);
  }

  @Test
  void theWorkOfAChallengeIsSealedWithIt() {
    Challenge withWork =
        new Challenge(
            new Question("7K2M4", new Answer("7K2M4", true)),
            seal.seed(id),
            "login",
            EXPIRES,
            NodeMark.of("node-a"),
            new Work(1234567, 1000));
    String sealed = seal.seal(id, withWork);

    assertThat(sealed).hasSize(57);
    assertThat(seal.open(id, sealed)).isEqualTo(withWork);
    assertThat(challenge.work()).isNull();
  }

  @Test
  void aTextThatWasSealedBeforeChallengesHadWorkStillOpens() {
    ChallengeId old = new ChallengeId("YIWR3lWzTnkh-ME59dP5GwG42sW0e4LZ1rs3hVSD");
    String sealed =
        "1.VsWVWUXRNAIxlF9BvjzKIJHC2rOmihSxAk-Ph3PjUpXRUO4BZEV1gl659i_EfiNW7VgTG0wxKQo21UHudCpTWs9u";

    assertThat(seal.open(old, sealed))
        .isEqualTo(new Challenge(QUESTION, 42L, "login", EXPIRES, NodeMark.of("node-a")));
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
    assertThat(FIRST.toString() + FIRST.question() + FIRST.question().answer())
        .doesNotContain("7K", "42");
  }
}
