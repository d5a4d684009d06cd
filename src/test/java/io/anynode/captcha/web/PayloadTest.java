package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.challenge.ChallengeId;
import io.anynode.captcha.challenge.Proof;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {

  private static final String ID = "YIWR3lWzTnkh-ME59dP5GwG42sW0e4LZ1rs3hVSD";

  /** As the ALTCHA widget 3.2.2 sends it. */
  private static final String SENT =
      """
      {"challenge":{"parameters":{"algorithm":"PBKDF2/SHA-256","nonce":"00ff","salt":"ff00",\
      "cost":1000,"keyLength":32,"keyPrefix":"abcd","expiresAt":1893456000,"data":{"id":"%s"}}},\
      "solution":{"counter":321,"derivedKey":"abcdef","time":12.3}}"""
          .formatted(ID);

  @Test
  void whatTheWidgetSendsIsAProof() {
    assertThat(Payload.read(base64(SENT))).isEqualTo(new Proof(new ChallengeId(ID), 321, "abcdef"));
    assertThat(Payload.read(" " + base64(SENT) + "\r\n")).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "{\"challenge\":null,\"solution\":null,\"test\":true}",
        "{\"solution\":{\"counter\":1,\"derivedKey\":\"00\"}}",
        "{\"challenge\":{\"parameters\":{\"data\":{\"id\":\"short\"}}},"
            + "\"solution\":{\"counter\":1,\"derivedKey\":\"00\"}}",
        "{\"challenge\":{\"parameters\":{\"data\":{\"id\":"
            + "\"YIWR3lWzTnkh-ME59dP5GwG42sW0e4LZ1rs3hVSD\"}}},\"solution\":{\"counter\":1}}"
      })
  void whatHasNoIdOrNoSolutionIsNone(String json) {
    assertThat(Payload.read(base64(json))).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "1e3", "99999999999999999999", "\"\"", "true", "null"})
  void aCounterIsAWholeNumber(String counter) {
    assertThat(Payload.read(base64(SENT.replace("321", counter)))).isNull();
  }

  @Test
  void whatIsNoBase64OrTooLongIsNone() {
    assertThat(Payload.read(null)).isNull();
    assertThat(Payload.read("")).isNull();
    assertThat(Payload.read("PASSED!")).isNull();
    assertThat(Payload.read(SENT)).isNull();
    assertThat(Payload.read(base64(SENT.replace("abcdef", "0".repeat(4000))))).isNull();
  }

  @Test
  void whateverIsChangedInItItIsReadOrNoneAndNeverAnError() {
    Random random = new Random(7);
    byte[] sent = base64(SENT).getBytes(StandardCharsets.US_ASCII);
    int read = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] changed = sent.clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(128);
      }
      read += Payload.read(new String(changed, StandardCharsets.US_ASCII)) == null ? 0 : 1;
    }
    assertThat(read).isBetween(1, 19_999);
  }

  private static String base64(String json) {
    return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
