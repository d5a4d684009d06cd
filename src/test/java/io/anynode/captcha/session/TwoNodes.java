package io.anynode.captcha.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a part of the contract is asked of: two nodes over one backing. */
interface TwoNodes {

  /** Node A. */
  SessionStore a();

  /** Node B. */
  SessionStore b();

  /** Callers that start at the same moment. */
  AtOnce callers();

  default SessionStore node(int number) {
    return number % 2 == 0 ? a() : b();
  }

  /** Saves a session with one attribute on node A. */
  default String savedOnA(String attribute, Object value) {
    return Held.create(a()).set(attribute, value).save().id();
  }

  default void assertAbsent(String id) {
    assertThat((Object) a().sessions().findById(id)).isNull();
    assertThat((Object) b().sessions().findById(id)).isNull();
  }

  static List<String> winnersOf(List<@Nullable String> answers) {
    List<String> winners = new ArrayList<>();
    for (String answer : answers) {
      if (answer != null) {
        winners.add(answer);
      }
    }
    return winners;
  }
}
