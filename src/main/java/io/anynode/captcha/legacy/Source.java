package io.anynode.captcha.legacy;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where the answers of an old captcha come from. Safe for use by many threads. */
sealed interface Source permits OwnChallenges, ObservedAnswers {

  /** The session attributes that it stands in for. */
  Set<String> attributes();

  /**
   * Uses an answer up, in one atomic step: of any number of requests on any number of nodes, one
   * gets it.
   *
   * @param typed what was typed; null if nothing was, empty if two things were
   * @return never an exception for a fault of the store
   */
  Claim claim(HttpServletRequest request, @Nullable String typed);
}
