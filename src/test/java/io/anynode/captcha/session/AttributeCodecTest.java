package io.anynode.captcha.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AttributeCodecTest {

  private final AttributeCodec codec = new AttributeCodec(getClass().getClassLoader(), null);

  private static final class FailsToWrite implements Serializable {
    private static final long serialVersionUID = 1L;

    private void writeObject(ObjectOutputStream out) {
      throw new IllegalStateException("s3cret");
    }
  }

  private static final class FailsToRead implements Serializable {
    private static final long serialVersionUID = 1L;

    private void readObject(ObjectInputStream in) {
      throw new IllegalStateException("s3cret");
    }
  }

  static List<Object> values() {
    return List.of(
        "",
        "text",
        "漢字😀",
        "half a pair \uD83D here",
        "\uDE00",
        0,
        Integer.MIN_VALUE,
        7L,
        1.5,
        true,
        new ArrayList<>(List.of("a", 1)),
        new String[] {"a"},
        new int[] {1, 2});
  }

  @ParameterizedTest
  @MethodSource("values")
  void aValueComesBackAsItWas(Object value) {
    assertThat(codec.read(codec.write(value))).isEqualTo(value);
  }

  @Test
  void textAndNumbersAreWrittenAsText() {
    assertThat(new String(codec.write("text"), StandardCharsets.UTF_8)).isEqualTo("stext");
    assertThat(new String(codec.write(42), StandardCharsets.UTF_8)).isEqualTo("i42");
    assertThat(new String(codec.write(-1L), StandardCharsets.UTF_8)).isEqualTo("l-1");
  }

  @Test
  void aValueWhoseOwnWritingFailsIsUnstorable() {
    assertThatThrownBy(() -> codec.write(new FailsToWrite()))
        .isInstanceOf(UnstorableAttributeException.class)
        .hasMessageContaining("FailsToWrite")
        .hasMessageNotContaining("s3cret");
  }

  static List<byte[]> damaged() {
    return List.of(
        new byte[0],
        new byte[] {'?'},
        "i4x".getBytes(StandardCharsets.UTF_8),
        new byte[] {(byte) 0xAC},
        new byte[] {(byte) 0xAC, (byte) 0xED, 0, 5, 's'});
  }

  @ParameterizedTest
  @MethodSource("damaged")
  void whatIsDamagedIsUnreadable(byte[] stored) {
    assertThatThrownBy(() -> codec.read(stored)).isInstanceOf(UnreadableAttributeException.class);
  }

  @Test
  void aValueWhoseOwnReadingFailsIsUnreadable() {
    byte[] stored = codec.write(new FailsToRead());

    assertThatThrownBy(() -> codec.read(stored))
        .isInstanceOf(UnreadableAttributeException.class)
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void aClassThatThisNodeLacksIsUnreadable() {
    byte[] stored = codec.write(new OnlyAnotherNode());
    byte[] renamed =
        new String(stored, StandardCharsets.ISO_8859_1)
            .replace("OnlyAnotherNode", "NoSuchClassHere")
            .getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> codec.read(renamed)).isInstanceOf(UnreadableAttributeException.class);
  }

  private static final class OnlyAnotherNode implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void aGraphDeeperThanASessionNeedsIsRefused() {
    List<Object> deep = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      deep = new ArrayList<>(List.of(deep));
    }
    byte[] stored = codec.write(deep);

    assertThatThrownBy(() -> codec.read(stored)).isInstanceOf(UnreadableAttributeException.class);
  }
}
