package io.anynode.captcha.session;

import io.anynode.captcha.settings.SessionSettings;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.springframework.session.SessionIdGenerator;

/**
 * The ids of one application's sessions, in a store that it may share with others: 130 random bits,
 * and 50 bits that say whose session it is.
 *
 * <p>Whoever has a session of one application could otherwise send its id to another, which would
 * take it for its own. An id is looked up as a whole, so nothing in it can be changed and still
 * find the session; and an application looks up no id of another. Applications share sessions when
 * their cookies have one name and one path, which is when a browser cannot keep them apart either.
 *
 * <p>An id has 36 characters, as a UUID has, for which Spring Session's tables have room; all are
 * digits or lower case, for databases that do not tell the cases apart. Safe for use by many
 * threads.
 */
public final class SessionIds implements SessionIdGenerator {

  private static final int BITS_A_CHARACTER = 5;
  private static final int RADIX = 1 << BITS_A_CHARACTER;
  private static final int RANDOM = 26;
  private static final int OWNER = 10;
  private static final Pattern FORM = Pattern.compile("[0-9a-v]{" + (RANDOM + OWNER) + "}");

  private final RandomGenerator random = new SharedRandom();
  private final String owner;

  private SessionIds(String owner) {
    this.owner = owner;
  }

  /**
   * The ids of the application, or the applications, with this cookie.
   *
   * @param cookie its name and path count; a path that is null counts as {@code /}
   */
  public static SessionIds of(SessionSettings.Cookie cookie) {
    String path = cookie.path() == null ? "" : cookie.path().replaceFirst("/+$", "");
    byte[] name = (cookie.name() + ' ' + path).getBytes(StandardCharsets.UTF_8);
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(name);
      return new SessionIds(text(new BigInteger(1, hash), OWNER));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }

  @Override
  public String generate() {
    byte[] bits =
        new byte[(RANDOM * BITS_A_CHARACTER + 7) / 8]; // a few more than there is room for
    random.nextBytes(bits);
    return text(new BigInteger(1, bits), RANDOM) + owner;
  }

  /** Whether this can be the id of a session of the application's own. */
  public boolean isOwn(String id) {
    return FORM.matcher(id).matches() && id.endsWith(owner);
  }

  /** The last so many digits. */
  private static String text(BigInteger number, int digits) {
    String text = "0".repeat(digits) + number.toString(RADIX);
    return text.substring(text.length() - digits);
  }
}
