package io.anynode.captcha.render;

/**
 * How far a picture is from plain writing. The chapter Pictures has each level's figures, for
 * people and for machines.
 */
public enum PictureDifficulty {
  /** For readers who must not be stopped. */
  EASY,
  /** Read at a glance, and the usual one. */
  MEDIUM,
  /** For the few forms that are worth a second look. */
  HARD;

  Style style() {
    return switch (this) {
      case EASY -> new Style(12, 0.08f, 0.15f, 0.1f, 0.1f, 0, -0.08f, 0, 0.6f, false, 0, 2, 0.02f);
      case MEDIUM ->
          new Style(18, 0.15f, 0.25f, 0.3f, 0.26f, 0.5f, 0.03f, 0.13f, 0.75f, false, 3, 0, 0);
      case HARD -> new Style(20, 0.18f, 0.28f, 0.3f, 0.3f, 0.5f, 0.04f, 0.15f, 1, true, 2, 0, 0);
    };
  }
}
