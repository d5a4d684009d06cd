package io.anynode.captcha.session;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/**
 * The sessions of all nodes, and the one step that makes a challenge count once.
 *
 * <p>An absent, an expired and a malformed session are one thing to a caller: there is none. An
 * exception means that the store itself is at fault, and nothing else; it is always a {@link
 * StoreUnavailableException}.
 *
 * <p>Opening a store does not reach its backing: an application starts while its database is down,
 * and works once that is up. Safe for use by many threads.
 */
public interface SessionStore extends AutoCloseable {

  /**
   * The repository that Spring Session's filter reads and writes.
   *
   * <p>Saving writes what this request changed and nothing else, so that a stale session saved late
   * never brings back an attribute that was claimed, or an id that was rotated away. Saving a
   * session that is gone does nothing.
   */
  SessionRepository<? extends Session> sessions();

  /**
   * Takes an attribute out of a stored session in one atomic step: of any number of callers, on any
   * number of nodes, exactly one gets the content.
   *
   * <p>The attribute must be one that is written once and whose name is never used again; its value
   * must be a {@code String}. Claim before the session's id is changed: after that, the new id is
   * not in the store until the request is saved.
   *
   * @param sessionId the session as it is stored now
   * @param attribute the attribute's name
   * @return what was taken, for the one caller that got it; null for everyone else, also when there
   *     is no such session or attribute
   * @throws StoreUnavailableException if it is not known whether the claim was made; the caller
   *     must take that as "not claimed"
   */
  @Nullable Claimed claimWhole(String sessionId, String attribute);

  /**
   * What a claim took.
   *
   * @param content the attribute's
   * @param sessionCreated when the session was begun that it lay in, to the millisecond
   */
  record Claimed(String content, Instant sessionCreated) {

    /** As {@code HttpSession.getCreationTime()} tells it, however exactly a store keeps it. */
    public Claimed {
      sessionCreated = sessionCreated.truncatedTo(ChronoUnit.MILLIS);
    }

    /** Tells nothing: what is claimed has no place in a log. */
    @Override
    public String toString() {
      return "(hidden)";
    }
  }

  /**
   * Takes an attribute as {@link #claimWhole} does, where its content alone is asked for.
   *
   * @return the content for the one caller that got it; null for everyone else
   * @throws StoreUnavailableException as {@link #claimWhole} does
   */
  default @Nullable String claim(String sessionId, String attribute) {
    Claimed claimed = claimWhole(sessionId, attribute);
    return claimed == null ? null : claimed.content();
  }

  /**
   * Reads an attribute of a stored session, and nothing else of it: what shows a challenge must not
   * fetch all that an application keeps. Changes nothing, not even the time of the last access.
   *
   * @param sessionId the session as it is stored now
   * @param attribute the attribute's name; its value must be a {@code String}
   * @return null if there is no such session or attribute, or its value is no text
   */
  @Nullable String read(String sessionId, String attribute);

  /**
   * Has all nodes use one value, whoever comes first: the first proposal ever made under this name
   * is kept, and each caller gets that one.
   *
   * @param name up to 100 characters of {@code [a-z0-9.-]}
   * @param proposal up to 200 characters of ASCII; kept for ever if it is the first
   * @return the value that every node uses
   * @throws StoreUnavailableException if the store cannot be reached
   */
  String agree(String name, String proposal);

  /** The counts that all nodes share. */
  Counters counters();

  /** Ends its connections and threads. Does nothing when it is closed already; never throws. */
  @Override
  void close();
}
