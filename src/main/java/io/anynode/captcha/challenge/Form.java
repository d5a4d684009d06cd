package io.anynode.captcha.challenge;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A challenge's bytes before they are sealed: as few as can be, since they lie in the store once
 * for each visitor. What its id tells is left out.
 */
final class Form {

  private static final int CASE_SENSITIVE = 1;

  /** What has to be typed is not what is shown. */
  private static final int ANSWER_APART = 2;

  private static final int WORK = 4;

  private Form() {}

  static byte[] write(Challenge challenge) {
    Answer answer = challenge.question().answer();
    Work work = challenge.work();
    byte[] shown = utf8(challenge.question().shown());
    byte[] typed = utf8(answer.text());
    byte[] scope = utf8(challenge.scope());
    boolean apart = !challenge.question().shown().equals(answer.text());
    int parts =
        (answer.caseSensitive() ? CASE_SENSITIVE : 0)
            | (apart ? ANSWER_APART : 0)
            | (work == null ? 0 : WORK);
    ByteBuffer out =
        ByteBuffer.allocate(
            1 + Integer.BYTES * 3 + 2 * Short.BYTES + shown.length + typed.length + scope.length);
    out.put((byte) parts).putInt(challenge.node().value());
    if (work != null) {
      out.putInt(work.counter()).putInt(work.rounds());
    }
    put(shown, out);
    if (apart) {
      put(typed, out);
    }
    out.put(scope);
    byte[] plain = new byte[out.position()];
    out.flip().get(plain);
    return plain;
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @return null if it is of another layout: authentic, yet another version's
   */
  static @Nullable Challenge read(byte[] plain, ChallengeId id, long seed) {
    ByteBuffer in = ByteBuffer.wrap(plain);
    try {
      int parts = in.get();
      if (parts < 0 || parts > (CASE_SENSITIVE | ANSWER_APART | WORK)) {
        return null;
      }
      NodeMark node = new NodeMark(in.getInt());
      Work work = (parts & WORK) == 0 ? null : new Work(in.getInt(), in.getInt());
      String shown = text(in);
      String typed = (parts & ANSWER_APART) == 0 ? shown : text(in);
      Answer answer = new Answer(typed, (parts & CASE_SENSITIVE) != 0);
      String scope = new String(plain, in.position(), in.remaining(), StandardCharsets.UTF_8);
      return new Challenge(new Question(shown, answer), seed, scope, id.expires(), node, work);
    } catch (BufferUnderflowException e) {
      return null;
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void put(byte[] text, ByteBuffer out) {
    out.putShort((short) text.length).put(text);
  }

  private static String text(ByteBuffer in) {
    byte[] text = new byte[Short.toUnsignedInt(in.getShort())];
    in.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }
}
