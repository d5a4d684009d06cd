package io.anynode.captcha.session.file;

import io.anynode.captcha.session.AttributeCodec;
import io.anynode.captcha.session.UnreadableAttributeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the file store's records out of any bytes, for fuzzing. */
public final class FileRecords {

  private FileRecords() {}

  /** An attribute's file: a value, or unreadable. */
  public static void attribute(byte[] bytes, AttributeCodec codec) {
    try {
      Object unused = Attribute.of(bytes, codec);
    } catch (UnreadableAttributeException e) {
      // What is not readable is absent.
    }
    try {
      Object unused = Attribute.text(bytes, codec);
    } catch (UnreadableAttributeException e) {
      // What is not readable is absent.
    }
  }

  /** A session's own file, in this folder: a session, or unreadable. */
  public static void meta(byte[] bytes, Path session) throws IOException {
    Files.write(session.resolve(Meta.FILE), bytes);
    try {
      Object unused = Meta.read(session).isExpired(java.time.Instant.EPOCH);
    } catch (UnreadableAttributeException e) {
      boolean alsoNoError = Meta.isOfAnotherVersion(session.resolve(Meta.FILE));
      assert alsoNoError || !alsoNoError;
    }
  }
}
