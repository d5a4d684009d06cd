package io.anynode.captcha.session;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells the first time that something happens from the others, so that a log has it once. It
 * remembers so much and no more: attributes are named by applications, and some put a visitor's
 * text into a name. Safe for use by many threads.
 */
final class FirstTimes {

  private static final int MOST = 256;

  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  /** Whether this is the first time; never again once too much has happened. */
  boolean isFirst(String what) {
    return seen.size() < MOST && seen.add(what);
  }
}
