package io.anynode.captcha.challenge;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The bytes of a challenge as they were before {@link Form}: read, and not written any more. */
final class FirstForm {

  private FirstForm() {}

  /** Null if it is of another layout. Work is left out: its nonce was another. */
  static @Nullable Challenge read(byte[] plain) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(plain))) {
      long seed = in.readLong();
      Instant expires = Instant.ofEpochMilli(in.readLong());
      String shown = in.readUTF();
      Answer answer = new Answer(in.readUTF(), in.readBoolean());
      String scope = in.readUTF();
      NodeMark node =
          in.available() < Integer.BYTES ? NodeMark.UNKNOWN : new NodeMark(in.readInt());
      return new Challenge(new Question(shown, answer), seed, scope, expires, node);
    } catch (IOException e) {
      return null; // authentic, yet of another layout: another version's
    }
  }
}
