package io.anynode.captcha.challenge;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A challenge's id: 128 random bits, its expiry, and a mark that says which session it was issued
 * to.
 *
 * <p>The randomness is what counts. The expiry orders a session's challenges by age, and the mark
 * tells an id that was used from one that never was, both without asking the store. The mark is of
 * the moment at which the session was begun: unlike its id, that stays when someone logs in.
 *
 * @param text 40 characters of base64url
 */
public record ChallengeId(String text) {

  private static final int RANDOM = 16;
  private static final int EXPIRY = 6;
  private static final int MARK = 8;
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{40}");

  /**
   * Makes a new id.
   *
   * @param random a source that cannot be foreseen
   * @param expires the challenge's expiry, kept to the millisecond
   * @param sessionCreated when the session that it is issued to was begun
   * @param keys the keys of this installation
   */
  static ChallengeId mint(
      RandomGenerator random, Instant expires, Instant sessionCreated, Keys keys) {
    byte[] nonce = new byte[RANDOM];
    random.nextBytes(nonce);
    ByteBuffer id = ByteBuffer.allocate(RANDOM + EXPIRY + MARK);
    byte[] expiry = ByteBuffer.allocate(8).putLong(expires.toEpochMilli()).array();
    id.put(nonce).put(expiry, 8 - EXPIRY, EXPIRY);
    id.put(mark(Arrays.copyOf(id.array(), RANDOM + EXPIRY), sessionCreated, keys));
    return new ChallengeId(Base64.getUrlEncoder().withoutPadding().encodeToString(id.array()));
  }

  /**
   * Reads an id that came from outside.
   *
   * @return null if it has not the form of an id
   */
  public static @Nullable ChallengeId parse(@Nullable String text) {
    return text != null && FORM.matcher(text).matches() ? new ChallengeId(text) : null;
  }

  /** When its challenge expires, as the id says: whoever made up the id made this up as well. */
  public Instant expires() {
    byte[] millis = new byte[8];
    System.arraycopy(bytes(), RANDOM, millis, 8 - EXPIRY, EXPIRY);
    return Instant.ofEpochMilli(ByteBuffer.wrap(millis).getLong());
  }

  boolean isOf(Instant sessionCreated, Keys keys) {
    byte[] id = bytes();
    byte[] expected = mark(Arrays.copyOf(id, RANDOM + EXPIRY), sessionCreated, keys);
    return MessageDigest.isEqual(
        expected, Arrays.copyOfRange(id, RANDOM + EXPIRY, RANDOM + EXPIRY + MARK));
  }

  private static byte[] mark(byte[] head, Instant sessionCreated, Keys keys) {
    return Arrays.copyOf(keys.mark(head, sessionCreated), MARK);
  }

  byte[] bytes() {
    return Base64.getUrlDecoder().decode(text);
  }
}
