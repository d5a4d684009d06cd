package io.anynode.captcha.session.file;

import io.anynode.captcha.session.UnreadableAttributeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.springframework.session.MapSession;
import org.springframework.session.Session;

/**
 * A session's own record: {@code meta} in its folder, a line such as {@code 1
 * 2026-01-31T09:30:00.123Z PT30M}: the form's version, the creation, the longest time without a
 * request. The time of the last request is the file's time.
 */
record Meta(Instant created, Instant lastAccessed, Duration maxInactive) {

  static final String FILE = "meta";

  private static final String VERSION = "1";
  private static final Pattern ANOTHER_VERSION = Pattern.compile("[0-9]{1,6} ");

  static Meta of(Session session) {
    return new Meta(
        session.getCreationTime(), session.getLastAccessedTime(), session.getMaxInactiveInterval());
  }

  /**
   * Reads it.
   *
   * @throws java.nio.file.NoSuchFileException if there is no such session
   * @throws UnreadableAttributeException if the file is damaged
   */
  static Meta read(Path session) throws IOException {
    Path file = session.resolve(FILE);
    String line = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    String[] parts = line.strip().split(" ", -1);
    if (parts.length != 3 || !parts[0].equals(VERSION)) {
      throw new UnreadableAttributeException("the session's own file is of an unknown form", null);
    }
    try {
      return new Meta(
          Instant.parse(parts[1]),
          Files.getLastModifiedTime(file).toInstant(),
          Duration.parse(parts[2]));
    } catch (DateTimeException e) {
      throw new UnreadableAttributeException("the session's own file is damaged", e);
    }
  }

  /** Whether a file begins with the number of another version, and is not just damaged. */
  static boolean isOfAnotherVersion(Path file) throws IOException {
    String line = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    return ANOTHER_VERSION.matcher(line).lookingAt() && !line.startsWith(VERSION + " ");
  }

  void write(Folder folder, Path session) throws IOException {
    String line = VERSION + " " + created + " " + maxInactive + "\n";
    folder.put(session, FILE, line.getBytes(StandardCharsets.UTF_8), time());
  }

  /** Writes the time of the last request and nothing else. */
  void touch(Path session) throws IOException {
    Files.setLastModifiedTime(session.resolve(FILE), time());
  }

  private FileTime time() {
    return FileTime.from(lastAccessed);
  }

  boolean isExpired(Instant now) {
    return !maxInactive.isNegative() && !now.minus(maxInactive).isBefore(lastAccessed);
  }

  MapSession session(String id) {
    MapSession session = new MapSession(id);
    session.setCreationTime(created);
    session.setLastAccessedTime(lastAccessed);
    session.setMaxInactiveInterval(maxInactive);
    return session;
  }
}
