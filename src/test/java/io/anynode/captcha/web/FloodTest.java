package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A short flood over two nodes and a real Redis. The long one is FloodIT. */
class FloodTest {

  @Test
  void aFloodFillsNoStoreAndIsRefusedWithoutIt() throws Exception {
    try (Flood flood = new Flood("rate.issue=60/1m", "rate.issue.network=off")) {
      Flood.Left left = flood.send(20_000, 20);

      // 60 for each address, and what two nodes may not have told yet: two more each.
      assertThat(left.issued()).isBetween(20 * 57, 20 * (60 + 2 * 2));
      assertThat(left.issued() + left.limited()).isEqualTo(20_000);
      assertThat(left.keys()).isLessThanOrEqualTo(left.issued() + 20);
      // One command a session, what its script runs, and a twentieth of the limit told at once.
      assertThat(left.commands()).isLessThan(left.issued() * 16L);
    }
  }
}
