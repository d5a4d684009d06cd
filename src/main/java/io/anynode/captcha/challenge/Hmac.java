package io.anynode.captcha.challenge;

import java.security.GeneralSecurityException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 (RFC 2104) with one key. Safe for use by many threads. */
final class Hmac {

  private static final String NAME = "HmacSHA256";

  private final SecretKeySpec key;

  /** No more than were in use at once. To make one takes longer than its use. */
  private final Queue<Mac> idle = new ConcurrentLinkedQueue<>();

  Hmac(byte[] key) {
    this.key = new SecretKeySpec(key, NAME);
  }

  byte[] of(byte[] text) {
    Mac kept = idle.poll();
    Mac mac = kept == null ? made() : kept;
    byte[] code = mac.doFinal(text);
    idle.add(mac); // as it was at first
    return code;
  }

  private Mac made() {
    try {
      Mac mac = Mac.getInstance(NAME);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "This Java lacks " + NAME + ", which each Java must have.", e);
    }
  }
}
