package io.anynode.captcha.settings;

/** The values of {@code captcha.session.store}. */
public enum StoreKind {
  /** A database: by URL, by the container's {@code DataSource}, or the embedded H2. */
  JDBC,
  /** Redis or Valkey. */
  REDIS,
  /** Files in a folder that all nodes share. */
  FILE,
  /** This node's memory, for one node. */
  MEMORY
}
