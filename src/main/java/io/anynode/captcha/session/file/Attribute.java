package io.anynode.captcha.session.file;

import io.anynode.captcha.session.AttributeCodec;
import io.anynode.captcha.session.UnreadableAttributeException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

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
    try {
      if (rest.get() != VERSION) {
        throw new UnreadableAttributeException("its file is of an unknown form", null);
      }
      int nameLength = rest.getInt();
      int valueLength = rest.getInt();
      if (nameLength < 0
          || valueLength < 0
          || rest.remaining() != (long) nameLength + valueLength) {
        throw new UnreadableAttributeException("its file is cut short", null);
      }
      byte[] utf8 = new byte[nameLength];
      byte[] written = new byte[valueLength];
      rest.get(utf8).get(written);
      String name = new String(utf8, StandardCharsets.UTF_8);
      return new Attribute(name, codec.read(name, written));
    } catch (BufferUnderflowException e) {
      throw new UnreadableAttributeException("its file is cut short", e);
    }
  }
}
