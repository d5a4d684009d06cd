package io.anynode.captcha.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** The visitors that are on their way, and what of them counts. */
final class Visits {

  private static final long LONGEST = 60_000_000;

  /** How many addresses the visitors come from, by turns. */
  private static final int ADDRESSES = 1 << 16;

  private final List<Integer> ports;
  private final boolean sticky;
  private final AtomicInteger visitors = new AtomicInteger();
  private final AtomicInteger next = new AtomicInteger();
  private final List<Visit> visits = new ArrayList<>();
  private final Histogram micros = new ConcurrentHistogram(LONGEST, 3);
  private final LongAdder pictureBytes = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private volatile boolean counting;
  private volatile long begin;
  private volatile long end;

  Visits(Load load) {
    this.ports = load.ports();
    this.sticky = load.sticky();
  }

  /** The visitor of one of Hyperfoil's sessions, which are used again and again. */
  synchronized Visit of(int session) {
    while (visits.size() <= session) {
      visits.add(new Visit());
    }
    return visits.get(session);
  }

  /** The host and port to which this visitor's next request goes. */
  String worker(Visit visit) {
    int number = sticky ? visit.number : next.getAndIncrement();
    return "127.0.0.1:" + ports.get(Math.floorMod(number, ports.size()));
  }

  /** The address that the visitor's proxy tells of it. */
  String address(Visit visit) {
    int host = Math.floorMod(visit.number, ADDRESSES);
    return "10.0." + (host >> 8) + "." + (host & 255);
  }

  /** A visitor comes. */
  void come(Visit visit) {
    visit.came = System.nanoTime();
    visit.number = visitors.getAndIncrement();
  }

  /** A visitor's answer was accepted. */
  void accepted(Visit visit) {
    if (counting) {
      micros.recordValue(Math.min(LONGEST, (System.nanoTime() - visit.came) / 1000));
      pictureBytes.add(visit.pictureBytes);
    }
  }

  /** A request was not answered as it should be. */
  void failed() {
    if (counting) {
      failures.increment();
    }
  }

  void begin() {
    begin = System.nanoTime();
    counting = true;
  }

  void end() {
    counting = false;
    end = System.nanoTime();
  }

  /**
   * What was measured.
   *
   * @param unanswered how many requests were not answered at all
   */
  Measured measured(long unanswered) {
    long rounds = micros.getTotalCount();
    return new Measured(
        rounds,
        failures.sum() + unanswered,
        (end - begin) / 1e9,
        micros.getValueAtPercentile(50),
        micros.getValueAtPercentile(99),
        micros.getValueAtPercentile(99.9),
        micros.getMaxValue(),
        rounds == 0 ? 0 : pictureBytes.doubleValue() / rounds);
  }

  /** One visitor. For the thread that runs its session. */
  static final class Visit {
    private long came;
    private int number;
    private int pictureBytes;
    private String picture = "";
    private String id = "";

    void page(Page page) {
      picture = page.picture();
      id = page.id();
      pictureBytes = 0;
    }

    String picture() {
      return picture;
    }

    /** The challenge's id; empty if the page has none. */
    String id() {
      return id;
    }

    void seePicture(int bytes) {
      pictureBytes += bytes;
    }

    boolean sawPicture() {
      return pictureBytes > 0;
    }
  }
}
