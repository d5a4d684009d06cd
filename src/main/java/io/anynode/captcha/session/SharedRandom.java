package io.anynode.captcha.session;

import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * What cannot be foreseen, for many threads at once.
 *
 * <p>On Linux all {@link SecureRandom}s of the usual kind have one lock together, which requests
 * would wait for at each number. Here threads draw from supplies of their own, or nearly so. A DRBG
 * fills each, {@value #BYTES} bytes at a time: asked for one number after the other, it would take
 * several times as long. Java seeds it when it is first asked. What was handed out is erased. Safe
 * for use by many threads.
 */
public final class SharedRandom implements RandomGenerator {

  private static final int BYTES = 256;

  /** A power of two. Threads are numbered one after the other, so that they spread. */
  private static final int SUPPLIES = 16;

  private final List<Supply> supplies;

  /** Draws from {@link SecureRandom}s. */
  public SharedRandom() {
    this(SharedRandom::drbg);
  }

  /** Draws from sources that are made by this. */
  SharedRandom(Supplier<RandomGenerator> source) {
    this.supplies = Stream.generate(() -> new Supply(source.get())).limit(SUPPLIES).toList();
  }

  private static RandomGenerator drbg() {
    try {
      return SecureRandom.getInstance("DRBG");
    } catch (NoSuchAlgorithmException e) {
      return new SecureRandom(); // a platform that was set up for others has its own choice
    }
  }

  private static final class Supply {

    private final RandomGenerator source;
    private final byte[] bytes = new byte[BYTES];
    private int next = BYTES;

    Supply(RandomGenerator source) {
      this.source = source;
    }

    synchronized void draw(byte[] into) {
      int done = 0;
      while (done < into.length) {
        if (next == BYTES) {
          source.nextBytes(bytes);
          next = 0;
        }
        int some = Math.min(BYTES - next, into.length - done);
        System.arraycopy(bytes, next, into, done, some);
        Arrays.fill(bytes, next, next + some, (byte) 0);
        next += some;
        done += some;
      }
    }
  }

  @Override
  public void nextBytes(byte[] bytes) {
    supplies.get((int) Thread.currentThread().getId() & (SUPPLIES - 1)).draw(bytes);
  }

  @Override
  public int nextInt() {
    return drawn(Integer.BYTES).getInt();
  }

  @Override
  public long nextLong() {
    return drawn(Long.BYTES).getLong();
  }

  private ByteBuffer drawn(int count) {
    byte[] bytes = new byte[count];
    nextBytes(bytes);
    return ByteBuffer.wrap(bytes);
  }
}
