package io.anynode.captcha.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.Tokens;
import io.anynode.captcha.challenge.Seal;
import io.anynode.captcha.settings.StoreKind;
import io.anynode.captcha.settings.TestSettings;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A token for a right answer is good once, whichever node is asked. */
interface TokensContract extends TwoNodes {

  int SERVERS = 8;
  int TOKENS = 1_000;

  @Test
  default void ofManyServersThatRedeemATokenAtOnceOnTwoNodesExactlyOneIsToldThatItIsGood()
      throws Exception {
    List<Tokens> nodes = List.of(tokens(a()), tokens(b()));
    List<String> issued = new ArrayList<>();
    for (int i = 0; i < TOKENS; i++) {
      issued.add(nodes.get(i % 2).issue("shop.example", "login").text());
    }

    List<List<Tokens.@Nullable Redeemed>> rounds =
        callers()
            .rounds(
                SERVERS,
                TOKENS,
                (server, token) -> nodes.get(server % 2).redeem(issued.get(token), null));

    for (List<Tokens.@Nullable Redeemed> round : rounds) {
      assertThat(round).filteredOn(Tokens.Good.class::isInstance).hasSize(1);
      assertThat(round).filteredOn(Tokens.Spent.class::isInstance).hasSize(SERVERS - 1);
    }
  }

  @Test
  default void aTokenTellsWhatItIsForOnTheOtherNode() {
    Instant before = Instant.now().minusSeconds(1);

    Tokens.Redeemed redeemed =
        tokens(b()).redeem(tokens(a()).issue("shop.example", "login").text(), "login");

    assertThat(redeemed)
        .isInstanceOfSatisfying(
            Tokens.Good.class,
            good -> {
              assertThat(good.hostname()).isEqualTo("shop.example");
              assertThat(good.scope()).isEqualTo("login");
              assertThat(good.solved()).isBetween(before, Instant.now());
            });
  }

  private static Tokens tokens(SessionStore store) {
    SessionIds ids = SessionIds.of(TestSettings.session(StoreKind.MEMORY).cookie());
    Seal seal = new Seal(List.of("a secret of the tests"), new SecureRandom());
    return new Tokens(store, () -> seal, ids::isOwn, Clock.systemUTC());
  }
}
