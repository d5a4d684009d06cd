package io.anynode.captcha.challenge;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that are derived from one secret: for sealing, for marking ids, for naming, for drawing.
 * Safe for use by many threads.
 */
final class Keys {

  static final String CIPHER = "AES/GCM/NoPadding";
  static final int TAG_BITS = 128;

  /** No more than were in use at once. To look one up takes several times as long as its use. */
  private final Queue<Cipher> idle = new ConcurrentLinkedQueue<>();

  private final SecretKey sealing;
  private final Hmac marking;
  private final Hmac naming;
  private final Hmac drawing;

  Keys(String secret) {
    Hmac master = new Hmac(secret.getBytes(StandardCharsets.UTF_8));
    this.sealing = new SecretKeySpec(derive(master, "anynode-captcha seal 1"), "AES");
    this.marking = new Hmac(derive(master, "anynode-captcha mark 1"));
    this.naming = new Hmac(derive(master, "anynode-captcha name 1"));
    this.drawing = new Hmac(derive(master, "anynode-captcha draw 1"));
  }

  /**
   * Encrypts or decrypts, bound to a text.
   *
   * @param mode as {@link Cipher} has it
   * @param nonce never used before for encrypting
   */
  byte[] crypt(int mode, byte[] nonce, byte[] boundTo, byte[] text)
      throws GeneralSecurityException {
    Cipher kept = idle.poll();
    Cipher cipher = kept == null ? Cipher.getInstance(CIPHER) : kept;
    cipher.init(mode, sealing, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(boundTo);
    byte[] done = cipher.doFinal(text);
    idle.add(cipher); // but for one that failed
    return done;
  }

  byte[] mark(byte[] head, Instant sessionCreated) {
    return marking.of(
        ByteBuffer.allocate(head.length + Long.BYTES)
            .put(head)
            .putLong(sessionCreated.toEpochMilli())
            .array());
  }

  byte[] name(String text) {
    return naming.of(text.getBytes(StandardCharsets.UTF_8));
  }

  long seed(ChallengeId id) {
    return ByteBuffer.wrap(drawing.of(id.bytes())).getLong();
  }

  /** HKDF-Expand (RFC 5869) with one block; the secret is long enough to be its own key. */
  private static byte[] derive(Hmac master, String purpose) {
    byte[] info = purpose.getBytes(StandardCharsets.UTF_8);
    return master.of(ByteBuffer.allocate(info.length + 1).put(info).put((byte) 1).array());
  }
}
