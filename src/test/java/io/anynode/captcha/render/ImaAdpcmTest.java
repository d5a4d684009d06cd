package io.anynode.captcha.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ImaAdpcmTest {

  /** Worked out by hand: the steps are 7, 9, 8, 7, 9 and 19. */
  @Test
  void eachCodeIsAStepFromTheSampleBefore() {
    byte[] file = file(0x11, 1, new byte[] {100, 0, 0, 0, 0x14, (byte) 0xC0, 0x07, 0});
    assertThat(ImaAdpcm.decode(file))
        .startsWith(
            new short[] {100, 107, 107 + 1 + 2, 110 + 1, 111 - 7, 104 + 1 + 9 + 4 + 2, 120 + 2});
  }

  @Test
  void anotherFileIsRefused() {
    assertThatThrownBy(() -> ImaAdpcm.decode(file(1, 1, new byte[8])))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ImaAdpcm.decode(file(0x11, 2, new byte[8])))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ImaAdpcm.decode(new byte[20]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] file(int format, int channels, byte[] block) {
    ByteBuffer file = ByteBuffer.allocate(12 + 8 + 20 + 8 + block.length);
    file.order(ByteOrder.LITTLE_ENDIAN);
    file.put(ascii("RIFF")).putInt(file.capacity() - 8).put(ascii("WAVE"));
    file.put(ascii("fmt ")).putInt(20).putShort((short) format).putShort((short) channels);
    file.putInt(8000).putInt(4000).putShort((short) block.length).putShort((short) 4);
    file.putShort((short) 2).putShort((short) 9);
    file.put(ascii("data")).putInt(block.length).put(block);
    return file.array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
