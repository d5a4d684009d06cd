package io.anynode.captcha.challenge;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The proof of work that answers a challenge without anything being typed: a counter that a browser
 * finds only by trying. The ALTCHA protocol, version 3, algorithm {@code PBKDF2/SHA-256} in its
 * deterministic mode, as the ALTCHA widget 3.2 speaks it.
 *
 * <p>The key of a counter is PBKDF2-HMAC-SHA256 over {@link #nonce}, followed by the counter as 32
 * bits with the high ones first, and the id's own bytes for salt. The browser is told the first
 * half of the right key; nothing but trying leads to the counter that it belongs to. Issuing costs
 * nothing here: a key is derived when the work is described, and when the right counter comes back.
 *
 * <p>It is no use of the library {@code org.altcha:altcha}: the release that Maven Central gave
 * when this was written, 1.3.0, speaks the protocol before this one; and a challenge of that
 * library's is one that everybody may hand in again until it expires, while here the session holds
 * it and it is claimed.
 *
 * @param counter the one that has to be found, 0 or more
 * @param rounds how many rounds of PBKDF2 one try takes, at least 1
 */
public record Work(int counter, int rounds) {

  /** What the protocol calls this way of making keys. */
  public static final String ALGORITHM = "PBKDF2/SHA-256";

  /** How many bytes a nonce has. */
  private static final int NONCE = 16;

  /** The rounds of new challenges: enough for a browser's overhead of each try not to count. */
  static final int ROUNDS = 1000;

  /** The length of a key, in bytes: one block of SHA-256. */
  public static final int KEY = 32;

  private static final String HMAC = "HmacSHA256";
  private static final HexFormat HEX = HexFormat.of();

  /**
   * Makes work for a new challenge.
   *
   * @param random a source that cannot be foreseen
   * @param keys how many keys have to be derived on average, 1 to 1,000,000,000; it may be one, and
   *     it is never more than twice as many. Each number in between is as likely as any other, so
   *     that it helps nobody to begin elsewhere
   */
  public static Work make(RandomGenerator random, int keys) {
    return new Work(random.nextInt(2 * keys), ROUNDS);
  }

  /**
   * What makes the keys of one challenge other than those of the next: the random bytes that the id
   * begins with, in hexadecimal.
   */
  public String nonce(ChallengeId id) {
    return HEX.formatHex(id.bytes(), 0, NONCE);
  }

  /** What has to be mixed into each try beside the nonce: the id's own bytes, in hexadecimal. */
  public String salt(ChallengeId id) {
    return HEX.formatHex(id.bytes());
  }

  /** The beginning of the key that is looked for, in hexadecimal: half of it. */
  public String keyPrefix(ChallengeId id) {
    return HEX.formatHex(Arrays.copyOf(key(id), KEY / 2));
  }

  /**
   * Whether this is the proof. Costs a key's derivation, and nothing if the counter is another.
   *
   * @param id the challenge that this work is for, and that the proof must be for
   */
  public boolean isDone(ChallengeId id, Proof proof) {
    return proof.counter() == counter
        && proof.id().equals(id)
        && MessageDigest.isEqual(ascii(HEX.formatHex(key(id))), ascii(proof.key()));
  }

  private static byte[] ascii(String hex) {
    return hex.getBytes(StandardCharsets.US_ASCII);
  }

  private byte[] key(ChallengeId id) {
    byte[] password =
        ByteBuffer.allocate(NONCE + Integer.BYTES)
            .put(id.bytes(), 0, NONCE)
            .putInt(counter)
            .array();
    return pbkdf2(password, id.bytes(), rounds);
  }

  /** RFC 8018, the first block. Java's own takes only passwords that are text. */
  private static byte[] pbkdf2(byte[] password, byte[] salt, int rounds) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(password, HMAC));
      mac.update(salt);
      byte[] block = mac.doFinal(new byte[] {0, 0, 0, 1});
      byte[] key = block.clone();
      for (int round = 1; round < rounds; round++) {
        mac.update(block);
        mac.doFinal(block, 0);
        for (int i = 0; i < KEY; i++) {
          key[i] ^= block[i];
        }
      }
      return key;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "This Java lacks " + HMAC + ", which each Java must have.", e);
    }
  }

  /** Tells nothing: the counter is the answer. */
  @Override
  public String toString() {
    return "(hidden)";
  }
}
