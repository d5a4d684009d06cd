package io.anynode.captcha.challenge;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals challenges into short texts, and opens them again on any node that has the secret.
 *
 * <p>AES-256-GCM, a fresh 96-bit nonce for each, bound to the challenge's id: the sealed text of
 * one id opens under no other. A session that can be read gives no answer away, and one that can be
 * written lets no answer in. Safe for use by many threads.
 */
public final class Seal {

  /** Told apart by its beginning: a form that this version does not know is no challenge. */
  private static final String VERSION = "1.";

  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
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
    return sealed.startsWith(VERSION);
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
    return keys.stream().anyMatch(k -> id.isOf(sessionCreated, k));
  }

  /**
   * Seals a challenge.
   *
   * @return ASCII, some 120 characters, 150 with work
   */
  public String seal(ChallengeId id, Challenge challenge) {
    return seal(id.text(), write(challenge));
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
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, keys.get(0), nonce, boundTo);
      byte[] sealed = cipher.doFinal(plain);
      byte[] all = new byte[NONCE + sealed.length];
      System.arraycopy(nonce, 0, all, 0, NONCE);
      System.arraycopy(sealed, 0, all, NONCE, sealed.length);
      return VERSION + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "This Java lacks " + CIPHER + ", which each Java must have.", e);
    }
  }

  /**
   * Opens a sealed text.
   *
   * @return null if it was altered, sealed for another id or by another secret, or is of a form
   *     that this version does not know: to a caller, there is no such challenge
   */
  public @Nullable Challenge open(ChallengeId id, String sealed) {
    byte[] plain = opened(id.text(), sealed);
    return plain == null ? null : read(plain);
  }

  private byte @Nullable [] opened(String boundTo, String sealed) {
    if (!isKnown(sealed)) {
      return null;
    }
    byte[] all;
    try {
      all = Base64.getUrlDecoder().decode(sealed.substring(VERSION.length()));
    } catch (IllegalArgumentException e) {
      return null;
    }
    // Java's cipher takes a text shorter than its tag for a fault of the platform.
    if (all.length < NONCE + TAG_BITS / Byte.SIZE) {
      return null;
    }
    return keys.stream()
        .map(key -> opened(boundTo, all, key))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
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

  private static byte @Nullable [] opened(String boundTo, byte[] all, Keys key) {
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(all, NONCE), boundTo);
      return cipher.doFinal(all, NONCE, all.length - NONCE);
    } catch (GeneralSecurityException e) {
      return null; // altered, or sealed by another secret
    }
  }

  private static Cipher cipher(int mode, Keys key, byte[] nonce, String boundTo)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key.sealing(), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD((VERSION + boundTo).getBytes(StandardCharsets.US_ASCII));
    return cipher;
  }

  private static byte[] write(Challenge challenge) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(challenge.seed());
      out.writeLong(challenge.expires().toEpochMilli());
      out.writeUTF(challenge.question().shown());
      out.writeUTF(challenge.question().answer().text());
      out.writeBoolean(challenge.question().answer().caseSensitive());
      out.writeUTF(challenge.scope());
      // A version that does not know this reads no further, and one that does may miss it.
      out.writeInt(challenge.node().value());
      write(challenge.work(), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // an array takes any number of bytes
    }
    return bytes.toByteArray();
  }

  private static @Nullable Challenge read(byte[] plain) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(plain))) {
      long seed = in.readLong();
      Instant expires = Instant.ofEpochMilli(in.readLong());
      String shown = in.readUTF();
      Answer answer = new Answer(in.readUTF(), in.readBoolean());
      String scope = in.readUTF();
      NodeMark node =
          in.available() < Integer.BYTES ? NodeMark.UNKNOWN : new NodeMark(in.readInt());
      Work work = in.available() < Integer.BYTES ? null : readWork(in);
      return new Challenge(new Question(shown, answer), seed, scope, expires, node, work);
    } catch (IOException e) {
      return null; // authentic, yet of another layout: another version's
    }
  }

  /** Its rounds first; none stand for no work, so that more can be written behind it. */
  private static void write(@Nullable Work work, DataOutputStream out) throws IOException {
    out.writeInt(work == null ? 0 : work.rounds());
    if (work != null) {
      out.writeInt(work.counter());
      out.write(HexFormat.of().parseHex(work.nonce()));
    }
  }

  private static @Nullable Work readWork(DataInputStream in) throws IOException {
    int rounds = in.readInt();
    if (rounds == 0) {
      return null;
    }
    int counter = in.readInt();
    byte[] nonce = new byte[Work.NONCE];
    in.readFully(nonce);
    return new Work(HexFormat.of().formatHex(nonce), counter, rounds);
  }
}
