package io.anynode.captcha.session.redis;

import static io.anynode.captcha.session.redis.Opened.saved;
import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.real.RealRedis;
import io.anynode.captcha.session.Held;
import io.anynode.captcha.session.SessionStore;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What lies in Redis after a save. */
class RedisSavesTest {

  private final Opened opened = new Opened();

  @AfterEach
  void closeAll() throws Exception {
    opened.closeAll();
  }

  @Test
  void halfAHashIsNoSessionAndIsDeleted() {
    RealRedis server = opened.server();
    Backing backing = Backing.at(server.uri());
    SessionStore node = opened.node(backing, server.uri());
    assertThat(server.ask("HSET " + backing.key("x") + " lastAccessedTime l1")).isEqualTo("1");

    assertThat((Object) node.sessions().findById("x")).isNull();

    assertThat(server.ask("EXISTS " + backing.key("x"))).isEqualTo("0");
  }

  @Test
  void aSaveThatComesAfterTheEndLeavesNothing() {
    RealRedis server = opened.server();
    Backing backing = Backing.at(server.uri());
    SessionStore node = opened.node(backing, server.uri());
    Held<?> session = Held.load(node, saved(node)).set("other", "changed");
    assertThat(server.ask("DEL " + backing.key(session.id()))).isEqualTo("1");

    session.save();

    assertThat(server.ask("EXISTS " + backing.key(session.id()))).isEqualTo("0");
  }

  @Test
  void aSessionOfTenThousandAttributesIsSavedAndEmptied() {
    SessionStore node = opened.node(opened.server());
    Held<?> session = Held.load(node, saved(node));
    for (int i = 0; i < 10_000; i++) {
      session.set("many." + i, "value " + i);
    }
    session.save();

    Held<?> full = Held.load(node, session.id());
    assertThat(full.session().getAttributeNames()).hasSize(10_001);
    assertThat(full.session().<Object>getAttribute("many.9999")).isEqualTo("value 9999");
    for (int i = 0; i < 10_000; i++) {
      full.session().removeAttribute("many." + i);
    }
    full.save();

    assertThat(Held.load(node, session.id()).session().getAttributeNames())
        .containsExactly("captcha.1");
  }

  @Test
  void aLongRequestThatEndsLateDoesNotShortenTheSessionsLife() {
    RealRedis server = opened.server();
    Backing backing = Backing.at(server.uri());
    SessionStore node = opened.node(backing, server.uri());
    Held<?> session = Held.load(node, saved(node));
    Instant accessed = session.session().getLastAccessedTime();

    session.session().setLastAccessedTime(accessed.minus(Duration.ofHours(1)));
    session.save();

    assertThat(Held.load(node, session.id()).session().getLastAccessedTime()).isEqualTo(accessed);
    assertThat(Long.parseLong(String.valueOf(server.ask("PTTL " + backing.key(session.id())))))
        .isBetween(Duration.ofMinutes(29).toMillis(), Duration.ofMinutes(30).toMillis());
  }

  @Test
  void aSessionOfANodeWhoseClockIsBehindLivesByRedissOwn() {
    RealRedis server = opened.server();
    Backing backing = Backing.at(server.uri());
    SessionStore node = opened.node(backing, server.uri());
    Held<?> session = Held.create(node);
    session.session().setLastAccessedTime(Instant.now().minus(Duration.ofHours(1)));
    session.save();

    assertThat(Held.load(node, session.id()).session().isExpired()).isFalse();
    assertThat(Long.parseLong(String.valueOf(server.ask("PTTL " + backing.key(session.id())))))
        .isBetween(Duration.ofMinutes(29).toMillis(), Duration.ofMinutes(30).toMillis());
  }
}
