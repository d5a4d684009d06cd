package io.anynode.captcha.render;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A WAV file (RIFF, plain PCM) of one channel, 8 bits a sample: what every browser plays. */
final class Wav {

  private static final int HEADER = 44;

  private Wav() {}

  /**
   * Writes a file.
   *
   * @param samples of any loudness; the loudest becomes almost as loud as can be
   */
  static byte[] file(float[] samples) {
    ByteBuffer file =
        ByteBuffer.allocate(HEADER + samples.length + samples.length % 2)
            .order(ByteOrder.LITTLE_ENDIAN);
    file.put(ascii("RIFF")).putInt(file.capacity() - 8).put(ascii("WAVE"));
    file.put(ascii("fmt ")).putInt(16).putShort((short) 1).putShort((short) 1);
    file.putInt(Voice.RATE).putInt(Voice.RATE).putShort((short) 1).putShort((short) 8);
    file.put(ascii("data")).putInt(samples.length);
    float loudest = 1e-6f;
    for (float sample : samples) {
      loudest = Math.max(loudest, Math.abs(sample));
    }
    for (float sample : samples) {
      file.put((byte) (128 + Math.round(sample / loudest * 126)));
    }
    return file.array();
  }

  private static byte[] ascii(String name) {
    return name.getBytes(StandardCharsets.US_ASCII);
  }
}
