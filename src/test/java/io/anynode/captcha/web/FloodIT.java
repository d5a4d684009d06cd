package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a million requests from ten thousand addresses leave in Redis, with and without limits; the
 * table is printed, and written to target/flood.md. {@code -Dflood.requests=100000} sends fewer.
 */
@Tag("fire")
class FloodIT {

  private static final int REQUESTS = Integer.getInteger("flood.requests", 1_000_000);
  private static final int ADDRESSES = 10_000;
  private static final int NETWORKS = 40;

  private final List<String> table =
      new ArrayList<>(
          List.of(
              "| limit of an address, of a network | challenges | 429 | keys | MB in Redis | commands"
                  + " | seconds |",
              "|---|---|---|---|---|---|---|"));

  @Test
  void aMillionRequestsFromTenThousandAddresses() throws Exception {
    Flood.Left without = flood("off, off", "rate.issue=off");
    Flood.Left byDefault = flood("300/1m, 3000/1m (the defaults)");
    Flood.Left tight = flood("30/1m, 300/1m", "rate.issue=30/1m");

    String text = String.join("\n", table) + "\n";
    Files.writeString(Path.of("target/flood.md"), text);
    System.out.println(text);
    assertThat(without.issued()).isEqualTo(REQUESTS);
    assertBounded(byDefault, 3_000);
    assertBounded(tight, 300);
  }

  /** In each minute that began, each network's limit, and a twentieth of it for each node. */
  private static void assertBounded(Flood.Left left, int ofNetwork) {
    long windows = (long) Math.ceil(left.seconds() / 60) + 1;
    assertThat(left.issued()).isLessThanOrEqualTo((int) (windows * NETWORKS * ofNetwork * 1.1));
    assertThat(left.keys()).isLessThanOrEqualTo(left.issued() + ADDRESSES + NETWORKS);
  }

  private Flood.Left flood(String limits, String... settings) throws Exception {
    try (Flood flood = new Flood(settings)) {
      Flood.Left left = flood.send(REQUESTS, ADDRESSES);
      table.add(
          String.format(
              Locale.ROOT,
              "| %s | %,d | %,d | %,d | %.1f | %,d | %.0f |",
              limits,
              left.issued(),
              left.limited(),
              left.keys(),
              left.bytes() / 1e6,
              left.commands(),
              left.seconds()));
      return left;
    }
  }
}
