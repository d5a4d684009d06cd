package io.anynode.captcha.render;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.Adler32;

/**
 * Compresses rows of an image into a zlib stream (RFC 1950 and 1951) of one block with the codes
 * that the format itself has. Working codes out for each image, as {@link java.util.zip.Deflater}
 * does, takes longer, and gains little on so small a file.
 */
final class StaticDeflate {

  private static final int SHORTEST = 3;
  private static final int LONGEST = 258;
  private static final int FARTHEST = 32768;
  private static final int HASH_BITS = 11;
  private static final int LEAST_EXTRA = 4;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** Codes as they are written, the first bit lowest; above them, from bit 24 on, how many bits. */
  private static final int[] LITERALS = literals();

  private static final int[] LENGTHS = lengths();
  private static final int[] NEAR = near();

  private final byte[] from;
  private final byte[] to;
  private int at;
  private long bits;
  private int waiting;

  private StaticDeflate(byte[] from, byte[] to, int at) {
    this.from = from;
    this.to = to;
    this.at = at;
  }

  /** The most bytes that so many can become. */
  static int most(int length) {
    // A byte takes 9 bits at most; then the ends, and room for whole words at the last.
    return length + length / 8 + 24;
  }

  /**
   * Compresses.
   *
   * @param rows of one length
   * @param rowLength in bytes; what stands above is tried before all else
   * @param to has room for {@link #most} from its place on
   * @param at the place of the first byte
   * @return the place behind the last byte
   */
  static int deflate(byte[] rows, int rowLength, byte[] to, int at) {
    to[at] = 0x78;
    to[at + 1] = 1;
    StaticDeflate stream = new StaticDeflate(rows, to, at + 2);
    stream.block(rowLength);
    Adler32 check = new Adler32();
    check.update(rows);
    GreyPng.put(to, stream.at, (int) check.getValue());
    return stream.at + 4;
  }

  private void block(int rowLength) {
    // Where such bytes began last; of a place, the low bits do, since whatever is found is
    // compared.
    char[] seen = new char[1 << HASH_BITS];
    put(0b011, 3);
    int end = from.length - SHORTEST;
    int place = 0;
    while (place <= end) {
      int next =
          (from[place] & 0xff) | (from[place + 1] & 0xff) << 8 | (from[place + 2] & 0xff) << 16;
      int hash = (next * 0x9E3779B1) >>> (32 - HASH_BITS);
      int back = (char) (place - seen[hash]);
      seen[hash] = (char) place;
      int length = rowLength <= place ? same(place - rowLength, place) : 0;
      int distance = rowLength;
      if (back > 0
          && back <= Math.min(place, FARTHEST)
          && length < Math.min(LONGEST, from.length - place)
          && from[place - back + length] == from[place + length]) { // else it is no longer
        int other = same(place - back, place);
        if (other > length) {
          length = other;
          distance = back;
        }
      }
      if (length >= SHORTEST) {
        code(LENGTHS[length]);
        distance(distance);
        place += length;
      } else {
        code(LITERALS[from[place++] & 0xff]);
      }
    }
    while (place < from.length) {
      code(LITERALS[from[place++] & 0xff]);
    }
    code(LITERALS[256]);
    flush();
  }

  private int same(int before, int place) {
    int most = Math.min(LONGEST, from.length - place);
    int length = 0;
    while (length < most && from[before + length] == from[place + length]) {
      length++;
    }
    return length;
  }

  private void distance(int distance) {
    code(distance < NEAR.length ? NEAR[distance] : distanceCode(distance));
  }

  private void code(int code) {
    put(code & 0xffffff, code >>> 24);
  }

  private void put(int code, int length) {
    bits |= (long) code << waiting;
    waiting += length;
    if (waiting >= 32) {
      WORDS.set(to, at, (int) bits);
      at += Integer.BYTES;
      bits >>>= 32;
      waiting -= 32;
    }
  }

  private void flush() {
    for (; waiting > 0; waiting -= 8) {
      to[at++] = (byte) bits;
      bits >>>= 8;
    }
  }

  private static int written(int code, int length) {
    return length << 24 | Integer.reverse(code) >>> (32 - length);
  }

  private static int[] literals() {
    int[] codes = new int[288];
    for (int i = 0; i < codes.length; i++) {
      if (i < 144) {
        codes[i] = written(0x30 + i, 8);
      } else if (i < 256) {
        codes[i] = written(0x190 + i - 144, 9);
      } else if (i < 280) {
        codes[i] = written(i - 256, 7);
      } else {
        codes[i] = written(0xc0 + i - 280, 8);
      }
    }
    return codes;
  }

  /** Each length's code with its extra bits, after RFC 1951, 3.2.5. */
  private static int[] lengths() {
    int[] literals = literals();
    int[] codes = new int[LONGEST + 1];
    for (int length = SHORTEST; length < LONGEST; length++) {
      int part = length - SHORTEST;
      int extra = part < 8 ? 0 : 29 - Integer.numberOfLeadingZeros(part);
      int symbol = literals[257 + (extra << 2) + (part >>> extra)];
      codes[length] = withExtra(symbol, part & ((1 << extra) - 1), extra);
    }
    codes[LONGEST] = literals[285];
    return codes;
  }

  private static int[] near() {
    int[] codes = new int[512];
    for (int distance = 1; distance < codes.length; distance++) {
      codes[distance] = distanceCode(distance);
    }
    return codes;
  }

  private static int distanceCode(int distance) {
    int part = distance - 1;
    int extra = part < LEAST_EXTRA ? 0 : 30 - Integer.numberOfLeadingZeros(part);
    int symbol = written((extra << 1) + (part >>> extra), 5);
    return withExtra(symbol, part & ((1 << extra) - 1), extra);
  }

  private static int withExtra(int symbol, int value, int extra) {
    int length = symbol >>> 24;
    return (length + extra) << 24 | (symbol & 0xffffff) | value << length;
  }
}
