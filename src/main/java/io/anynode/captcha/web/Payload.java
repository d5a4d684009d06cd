package io.anynode.captcha.web;

import io.anynode.captcha.challenge.ChallengeId;
import io.anynode.captcha.challenge.Proof;
import io.anynode.captcha.challenge.Work;
import io.anynode.captcha.http.JsonMembers;
import io.anynode.captcha.http.ShortAnswer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ALTCHA protocol's JSON, version 3: what a browser is told of a challenge's work, and what it
 * sends back, the field that its widget calls {@code altcha}.
 *
 * <p>The challenge's id travels in {@code parameters.data.id} and comes back with the rest, so that
 * a form needs no other field. There is no {@code signature}: the challenge lies in the session,
 * and what the browser sends back of it besides the id is not looked at.
 */
final class Payload {

  /** The data's member with the challenge's id. */
  static final String ID = "id";

  /** The widget's own has some 800 characters; what is longer is not read. */
  static final int LONGEST = 4096;

  private Payload() {}

  /**
   * What a browser is told of a challenge's work, for {@link ShortAnswer#json}.
   *
   * @param id an open challenge's
   * @param work that challenge's
   */
  static Map<String, Object> challenge(ChallengeId id, Work work) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("algorithm", Work.ALGORITHM);
    parameters.put("nonce", work.nonce(id));
    parameters.put("salt", work.salt(id));
    parameters.put("cost", work.rounds());
    parameters.put("keyLength", Work.KEY);
    parameters.put("keyPrefix", work.keyPrefix(id));
    parameters.put("expiresAt", id.expires().getEpochSecond());
    parameters.put("data", Map.of(ID, id.text()));
    return Map.of("parameters", parameters);
  }

  /**
   * Reads what a browser sends: Base64 of {@code
   * {"challenge":{"parameters":{"data":{"id":…}}},"solution":{"counter":…,"derivedKey":…}}}.
   *
   * @param text anything
   * @return null if it is absent, longer than 4,096 characters, or not of this form
   */
  static @Nullable Proof read(@Nullable String text) {
    if (text == null || text.length() > LONGEST) {
      return null;
    }
    try {
      byte[] json = Base64.getDecoder().decode(text.strip());
      Map<String, String> members = JsonMembers.nested(new String(json, StandardCharsets.UTF_8));
      ChallengeId id = ChallengeId.parse(members.get("challenge.parameters.data." + ID));
      String counter = members.get("solution.counter");
      String key = members.get("solution.derivedKey");
      return id == null || counter == null || key == null
          ? null
          : new Proof(id, Long.parseLong(counter), key);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
