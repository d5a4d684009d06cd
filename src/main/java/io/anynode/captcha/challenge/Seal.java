package io.anynode.captcha.challenge;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/**
 * Seals challenges into short texts, and opens them again on any node that has the secret.
 *
 * <p>AES-256-GCM, bound to the challenge's id: the sealed text of one id opens under no other. A
 * session that can be read gives no answer away, and one that can be written lets no answer in.
 * Safe for use by many threads.
 *
 * <p>A challenge's nonce is the beginning of its id, which is random and is sealed once, so that it
 * need not be stored again; any other text has a nonce of its own.
 */
public final class Seal {

  /** Told apart by its beginning: a form that this version does not know is no challenge. */
  private static final String VERSION = "2.";

  /** The form that a challenge had first, and that other texts have. */
  private static final String FIRST = "1.";

  private static final int NONCE = 12;
  private static final int NAME = 16;

  private final List<Keys> keys;
  private final RandomGenerator random;

  /**
   * A seal of one installation.
   *
   * @param secrets the secret that seals, then those that still open, each of 16 characters or more
   * @param random a source that cannot be foreseen
   */
  public Seal(List<String> secrets, RandomGenerator random) {
    this.keys = secrets.stream().map(Keys::new).toList();
    this.random = random;
  }

  /**
   * Tells whether a sealed text is of a form that this version knows.
   *
   * @param sealed as it lies in a session
   */
  public static boolean isKnown(String sealed) {
    return sealed.startsWith(VERSION) || sealed.startsWith(FIRST);
  }

  /**
   * Makes a new id for a challenge of this session.
   *
   * @param sessionCreated when the session that it is issued to was begun
   * @param expires the challenge's expiry
   */
  public ChallengeId mint(Instant sessionCreated, Instant expires) {
    return ChallengeId.mint(random, expires, sessionCreated, keys.get(0));
  }

  /**
   * Tells whether an id was issued to this session, by this installation.
   *
   * @param sessionCreated when the session was begun
   */
  public boolean issued(ChallengeId id, Instant sessionCreated) {
    for (Keys key : keys) {
      if (id.isOf(sessionCreated, key)) {
        return true;
      }
    }
    return false;
  }

  /**
   * What everything random in a challenge's picture comes from. Nobody can tell it from the id
   * without the secret.
   *
   * @param id as {@link #mint} made it
   */
  public long seed(ChallengeId id) {
    return keys.get(0).seed(id);
  }

  /**
   * Seals a challenge. To be called once for an id.
   *
   * @param challenge of this id: with its expiry and its {@link #seed}
   * @return ASCII, of some 55 characters, and four for three of the scope's: Redis keeps a session
   *     whose values are no longer than 64 in half of the memory
   */
  public String seal(ChallengeId id, Challenge challenge) {
    if (challenge.seed() != seed(id) || !challenge.expires().equals(id.expires())) {
      throw new IllegalArgumentException("A challenge has the seed and the expiry of its id.");
    }
    byte[] sealed = encrypted(keys.get(0), nonce(id), VERSION + id.text(), Form.write(challenge));
    return VERSION + text(sealed);
  }

  /**
   * Seals a short text that is no challenge.
   *
   * @param purpose what it is for, in ASCII and not of 40 characters, as a challenge's id is: the
   *     sealed text of one purpose opens for no other
   * @return ASCII, a third longer than the text's UTF-8, and 42 characters more
   */
  public String sealText(String purpose, String text) {
    return seal(purpose, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Opens a sealed text that is no challenge.
   *
   * @return null as {@link #open} says
   */
  public @Nullable String openText(String purpose, String sealed) {
    byte[] text = opened(purpose, sealed);
    return text == null ? null : new String(text, StandardCharsets.UTF_8);
  }

  private String seal(String boundTo, byte[] plain) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    byte[] sealed = encrypted(keys.get(0), nonce, FIRST + boundTo, plain);
    byte[] all = Arrays.copyOf(nonce, NONCE + sealed.length);
    System.arraycopy(sealed, 0, all, NONCE, sealed.length);
    return FIRST + text(all);
  }

  /**
   * Opens a sealed text.
   *
   * @return null if it was altered, sealed for another id or by another secret, or is of a form
   *     that this version does not know: to a caller, there is no such challenge
   */
  public @Nullable Challenge open(ChallengeId id, String sealed) {
    if (!sealed.startsWith(VERSION)) {
      byte[] plain = opened(id.text(), sealed);
      return plain == null ? null : FirstForm.read(plain);
    }
    byte[] bytes = bytes(sealed);
    return bytes == null ? null : firstOf(key -> opened(id, bytes, key));
  }

  /** By the first key for which it is not null. */
  private <T> @Nullable T firstOf(Function<Keys, @Nullable T> opening) {
    for (Keys key : keys) {
      T opened = opening.apply(key);
      if (opened != null) {
        return opened;
      }
    }
    return null;
  }

  private static @Nullable Challenge opened(ChallengeId id, byte[] sealed, Keys key) {
    byte[] plain = decrypted(key, nonce(id), VERSION + id.text(), sealed);
    return plain == null ? null : Form.read(plain, id, key.seed(id));
  }

  private byte @Nullable [] opened(String boundTo, String sealed) {
    byte[] all = sealed.startsWith(FIRST) ? bytes(sealed) : null;
    if (all == null || all.length < NONCE) {
      return null;
    }
    byte[] nonce = Arrays.copyOf(all, NONCE);
    byte[] rest = Arrays.copyOfRange(all, NONCE, all.length);
    return firstOf(key -> decrypted(key, nonce, FIRST + boundTo, rest));
  }

  private static String text(byte[] sealed) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
  }

  /** What is behind the version; null if that is no text of {@link #text}. */
  private static byte @Nullable [] bytes(String sealed) {
    try {
      return Base64.getUrlDecoder().decode(sealed.substring(VERSION.length()));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static byte[] nonce(ChallengeId id) {
    return Arrays.copyOf(id.bytes(), NONCE);
  }

  /**
   * A name that stands for a text, an account's for one, wherever the text must not be read: the
   * same on every node, and not to be found by trying texts without the secret.
   *
   * @return 22 characters of {@code [A-Za-z0-9_-]}
   */
  public String name(String text) {
    byte[] name = Arrays.copyOf(keys.get(0).name(text), NAME);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(name);
  }

  /** Null if it was altered, or sealed by another secret. */
  private static byte @Nullable [] decrypted(Keys key, byte[] nonce, String boundTo, byte[] text) {
    // Java's cipher takes a text shorter than its tag for a fault of the platform.
    if (text.length < Keys.TAG_BITS / Byte.SIZE) {
      return null;
    }
    try {
      return key.crypt(Cipher.DECRYPT_MODE, nonce, ascii(boundTo), text);
    } catch (GeneralSecurityException e) {
      return null;
    }
  }

  private static byte[] encrypted(Keys key, byte[] nonce, String boundTo, byte[] plain) {
    try {
      return key.crypt(Cipher.ENCRYPT_MODE, nonce, ascii(boundTo), plain);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "This Java lacks " + Keys.CIPHER + ", which each Java must have.", e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
