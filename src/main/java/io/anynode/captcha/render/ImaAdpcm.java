package io.anynode.captcha.render;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads a WAV file whose samples are kept as IMA ADPCM: 4 bits each, as a step from what the last
 * ones foretell (IMA Digital Audio Focus Group, 1992; Microsoft's format 0x11). The JDK reads no
 * WAV of this kind.
 */
final class ImaAdpcm {

  private static final int RIFF_HEADER = 12;
  private static final int CHUNK_HEADER = 8;
  private static final int BLOCK_HEADER = 4;
  private static final int FORMAT = 0x11;

  private static final int[] NEXT = {-1, -1, -1, -1, 2, 4, 6, 8};
  private static final int[] STEPS =
      """
      7 8 9 10 11 12 13 14 16 17 19 21 23 25 28 31 34 37 41 45 50 55 60 66 73 80
      88 97 107 118 130 143 157 173 190 209 230 253 279 307 337 371 408 449 494
      544 598 658 724 796 876 963 1060 1166 1282 1411 1552 1707 1878 2066 2272
      2499 2749 3024 3327 3660 4026 4428 4871 5358 5894 6484 7132 7845 8630 9493
      10442 11487 12635 13899 15289 16818 18500 20350 22385 24623 27086 29794
      32767
      """
          .lines()
          .flatMap(line -> Arrays.stream(line.strip().split(" ", -1)))
          .mapToInt(Integer::parseInt)
          .toArray();

  private ImaAdpcm() {}

  /**
   * Decodes a file of one channel.
   *
   * @return its samples, and up to a block's more
   * @throws IllegalArgumentException if it is no such file
   */
  static short[] decode(byte[] wav) {
    ByteBuffer file = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer format = chunk(file, "fmt ");
    if (format.getShort(0) != FORMAT || format.getShort(2) != 1) {
      throw new IllegalArgumentException("no IMA ADPCM of one channel");
    }
    int blockLength = Short.toUnsignedInt(format.getShort(12));
    ByteBuffer data = chunk(file, "data");
    int perBlock = (blockLength - BLOCK_HEADER) * 2 + 1;
    short[] samples = new short[(data.limit() + blockLength - 1) / blockLength * perBlock];
    int count = 0;
    while (data.remaining() > BLOCK_HEADER) {
      int end = Math.min(data.limit(), data.position() + blockLength);
      count = decodeBlock(data, end, samples, count);
    }
    return samples;
  }

  private static int decodeBlock(ByteBuffer data, int end, short[] samples, int from) {
    int at = from;
    int sample = data.getShort();
    int index = data.getShort();
    samples[at++] = (short) sample;
    while (data.position() < end) {
      int two = Byte.toUnsignedInt(data.get());
      for (int code : new int[] {two & 0xF, two >> 4}) {
        int step = STEPS[index];
        int change = step >> 3;
        change += (code & 4) != 0 ? step : 0;
        change += (code & 2) != 0 ? step >> 1 : 0;
        change += (code & 1) != 0 ? step >> 2 : 0;
        sample += (code & 8) != 0 ? -change : change;
        sample = Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, sample));
        index = Math.max(0, Math.min(STEPS.length - 1, index + NEXT[code & 7]));
        samples[at++] = (short) sample;
      }
    }
    return at;
  }

  private static ByteBuffer chunk(ByteBuffer file, String name) {
    int wanted = ByteBuffer.wrap(ascii(name)).order(ByteOrder.LITTLE_ENDIAN).getInt();
    int at = RIFF_HEADER;
    while (at + CHUNK_HEADER <= file.limit()) {
      int length = file.getInt(at + 4);
      if (file.getInt(at) == wanted) {
        return file.slice(at + CHUNK_HEADER, length).order(ByteOrder.LITTLE_ENDIAN);
      }
      at += CHUNK_HEADER + length + length % 2;
    }
    throw new IllegalArgumentException("a WAV file without a chunk " + name);
  }

  private static byte[] ascii(String name) {
    return name.getBytes(StandardCharsets.US_ASCII);
  }
}
