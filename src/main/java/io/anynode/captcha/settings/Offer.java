package io.anynode.captcha.settings;

/** A way to answer a challenge: the values of {@code captcha.offer}. */
public enum Offer {
  /** A picture, whose characters are typed. */
  PICTURE,
  /** The same characters spoken. */
  SOUND,
  /** A proof of work, which the browser finds by itself. */
  WORK
}
