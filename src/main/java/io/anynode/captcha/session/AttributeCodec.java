package io.anynode.captcha.session;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How an attribute's value is written into a store: text and numbers as plain text, so that they
 * are read without deserializing an object; everything else by JDK serialization.
 *
 * <p>The first byte tells them apart, and is the version of the form: {@code s} for a {@code
 * String}, {@code l} for a {@code Long}, {@code i} for an {@code Integer}; JDK serialization always
 * begins with {@code 0xAC}. A later version's form has another first byte, which is unreadable to
 * this one. What is deserialized passes a {@link SerialFilter}. Safe for use by many threads.
 */
public final class AttributeCodec {

  private static final byte TEXT = 's';
  private static final byte LONG = 'l';
  private static final byte INTEGER = 'i';
  private static final int JDK = 0xAC;

  /** A challenge's attribute: ours, written as text and as nothing else. */
  private static final Pattern CHALLENGE =
      Pattern.compile("captcha\\.(image\\.(.*\\.)?)?[A-Za-z0-9_-]{40}");

  private final ClassLoader application;
  private final SerialFilter filter;

  /**
   * A codec for one application.
   *
   * @param application the class loader that knows the classes of the application's attributes
   * @param serialFilter the classes that it may read, as {@code captcha.session.serial-filter} has
   *     them; null for the default
   * @throws IllegalArgumentException if the filter is malformed
   */
  public AttributeCodec(ClassLoader application, @Nullable String serialFilter) {
    this.application = application;
    this.filter = new SerialFilter(serialFilter);
  }

  /**
   * Writes a value.
   *
   * @param value an attribute's value
   * @throws UnstorableAttributeException if it is not serializable
   */
  public byte[] write(Object value) {
    if (value instanceof String text && isUnicode(text)) {
      return tagged(TEXT, text);
    }
    if (value instanceof Long number) {
      return tagged(LONG, number.toString());
    }
    if (value instanceof Integer number) {
      return tagged(INTEGER, number.toString());
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream objects = new ObjectOutputStream(bytes)) {
      objects.writeObject(value);
    } catch (IOException | RuntimeException | LinkageError | StackOverflowError e) {
      // A class's own writeObject may throw anything, and a graph may be too deep.
      throw new UnstorableAttributeException(value, e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads a value.
   *
   * @param stored what {@link #write} made, on this node or another
   * @throws UnreadableAttributeException if it is damaged, of an unknown form, of a class that this
   *     node does not have, or refused by a serial filter
   */
  public Object read(byte[] stored) {
    if (stored.length == 0) {
      throw new UnreadableAttributeException("it is empty", null);
    }
    try {
      return switch (stored[0] & 0xFF) {
        case TEXT -> text(stored);
        case LONG -> Long.valueOf(text(stored));
        case INTEGER -> Integer.valueOf(text(stored));
        case JDK -> object(stored);
        default -> throw new UnreadableAttributeException("its first byte is unknown", null);
      };
    } catch (NumberFormatException | IOException | ClassNotFoundException | LinkageError e) {
      throw new UnreadableAttributeException(e.getClass().getSimpleName(), e);
    }
  }

  /**
   * Reads a value, and has an error name its attribute. A challenge is never deserialized.
   *
   * @param attribute the attribute's name
   * @param stored what {@link #write} made
   * @throws UnreadableAttributeException as {@link #read(byte[])} does; also if it is under a
   *     challenge's name and no text
   */
  public Object read(String attribute, byte[] stored) {
    try {
      if (CHALLENGE.matcher(attribute).matches() && readText(stored) == null) {
        throw new UnreadableAttributeException("it is under a challenge's name, and no text", null);
      }
      return read(stored);
    } catch (UnreadableAttributeException e) {
      throw e.of(attribute);
    }
  }

  /**
   * Reads a text, and deserializes nothing.
   *
   * @param stored what {@link #write} made, or anything
   * @return null if it is no text
   */
  public @Nullable String readText(byte[] stored) {
    return stored.length > 0 && stored[0] == TEXT ? text(stored) : null;
  }

  private Object object(byte[] stored) throws IOException, ClassNotFoundException {
    SerialFilter.Reading reading = filter.reading();
    try (ObjectInputStream objects =
        new ApplicationObjects(new ByteArrayInputStream(stored), application, reading)) {
      return objects.readObject();
    } catch (InvalidClassException e) {
      if (reading.refused() == null) {
        throw e;
      }
      throw new UnreadableAttributeException(
          "captcha.session.serial-filter refuses " + reading.refused(), e);
    } catch (RuntimeException e) {
      // A class's own readObject may throw anything.
      throw new UnreadableAttributeException(e.getClass().getSimpleName(), e);
    }
  }

  /** Half a surrogate pair has no UTF-8 and would come back as another character. */
  private static boolean isUnicode(String text) {
    return text.codePoints()
        .noneMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
  }

  private static byte[] tagged(byte tag, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    byte[] stored = new byte[utf8.length + 1];
    stored[0] = tag;
    System.arraycopy(utf8, 0, stored, 1, utf8.length);
    return stored;
  }

  private static String text(byte[] stored) {
    return new String(stored, 1, stored.length - 1, StandardCharsets.UTF_8);
  }

  /** Finds the application's classes, also when this library lies in the container's own folder. */
  private static final class ApplicationObjects extends ObjectInputStream {

    private final ClassLoader application;

    ApplicationObjects(InputStream in, ClassLoader application, ObjectInputFilter filter)
        throws IOException {
      super(in);
      this.application = application;
      ObjectInputFilter outer = getObjectInputFilter();
      setObjectInputFilter(outer == null ? filter : ObjectInputFilter.merge(outer, filter));
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description)
        throws IOException, ClassNotFoundException {
      try {
        return Class.forName(description.getName(), false, application);
      } catch (ClassNotFoundException e) {
        return super.resolveClass(description); // primitives, and the JDK's own
      }
    }
  }
}
