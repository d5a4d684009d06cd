package io.anynode.captcha.session.file;

import io.anynode.captcha.session.AttributeCodec;
import io.anynode.captcha.session.UnreadableAttributeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What an attribute's file holds: a version byte, the lengths of name and value (4 bytes each), the
 * name in UTF-8, the value as the codec wrote it. The lengths tell a file that a power failure cut
 * short.
 */
record Attribute(String name, Object value) {

  private static final byte VERSION = 1;
  private static final int HEADER = 1 + 2 * Integer.BYTES;

  byte[] toBytes(AttributeCodec codec) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    byte[] written = codec.write(value);
    return ByteBuffer.allocate(HEADER + utf8.length + written.length)
        .put(VERSION)
        .putInt(utf8.length)
        .putInt(written.length)
        .put(utf8)
        .put(written)
        .array();
  }

  /**
   * Reads a file's bytes.
   *
   * @throws UnreadableAttributeException if the file is damaged, or its value cannot be read here
   */
  static Attribute of(byte[] file, AttributeCodec codec) {
    ByteBuffer rest = ByteBuffer.wrap(file);
    String name = name(rest);
    return new Attribute(name, codec.read(name, value(rest)));
  }

  /**
   * Reads a file's bytes and deserializes nothing.
   *
   * @return null if its value is no text
   * @throws UnreadableAttributeException if the file is damaged
   */
  static @Nullable String text(byte[] file, AttributeCodec codec) {
    ByteBuffer rest = ByteBuffer.wrap(file);
    String unused = name(rest);
    return codec.readText(value(rest));
  }

  /** Takes the header and the name, and leaves the value. */
  private static String name(ByteBuffer rest) {
    if (rest.remaining() < HEADER) {
      throw new UnreadableAttributeException("its file is cut short", null);
    }
    if (rest.get() != VERSION) {
      throw new UnreadableAttributeException("its file is of an unknown form", null);
    }
    int nameLength = rest.getInt();
    int valueLength = rest.getInt();
    if (nameLength < 0 || valueLength < 0 || rest.remaining() != (long) nameLength + valueLength) {
      throw new UnreadableAttributeException("its file is cut short", null);
    }
    byte[] utf8 = new byte[nameLength];
    rest.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static byte[] value(ByteBuffer rest) {
    byte[] written = new byte[rest.remaining()];
    rest.get(written);
    return written;
  }
}
