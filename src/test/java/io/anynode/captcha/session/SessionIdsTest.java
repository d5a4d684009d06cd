package io.anynode.captcha.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.settings.SessionSettings.Cookie;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionIdsTest {

  @Test
  void anIdIsOfTheApplicationThatGeneratedIt() {
    SessionIds shop = ids("SESSION", "/shop");
    String id = shop.generate();

    assertThat(id).matches("[0-9a-v]{36}");
    assertThat(shop.isOwn(id)).isTrue();
    assertThat(ids("SESSION", "/shop/").isOwn(id)).as("another node says it otherwise").isTrue();
    assertThat(ids("SESSION", "/shop2").isOwn(id)).isFalse();
    assertThat(ids("SESSION", "/").isOwn(id)).isFalse();
    assertThat(ids("CAPTCHA", "/shop").isOwn(id)).isFalse();
  }

  @Test
  void theRootsIdsAreThoseOfAllThatShareItsCookie() {
    assertThat(ids("SESSION", null).isOwn(ids("SESSION", "/").generate())).isTrue();
  }

  @Test
  void whatIsRandomIsNotTheSameTwiceAndNothingIsLost() {
    SessionIds ids = ids("SESSION", "/");
    Set<String> seen = new HashSet<>();
    Set<Character> first = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      String id = ids.generate();
      assertThat(ids.isOwn(id)).isTrue();
      assertThat(seen.add(id)).isTrue();
      first.add(id.charAt(0));
    }
    assertThat(first).hasSize(32);
  }

  private static SessionIds ids(String name, @Nullable String path) {
    return SessionIds.of(new Cookie(name, path, "Lax", null));
  }
}
