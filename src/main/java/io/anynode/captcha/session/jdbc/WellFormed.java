package io.anynode.captcha.session.jdbc;

/** Text that a column can hold, and that every database compares in the same way. */
final class WellFormed {

  private static final int ID = 36;
  private static final int NAME = 200;

  private WellFormed() {}

  /** Whether a session can have this id. */
  static boolean id(String id) {
    return visible(id, ID);
  }

  /** Whether a challenge can have this name. */
  static boolean claimable(String attribute) {
    return visible(attribute, NAME);
  }

  /** Visible ASCII; a space at the end would be ignored by some databases. */
  private static boolean visible(String text, int most) {
    return !text.isEmpty()
        && text.length() <= most
        && text.chars().allMatch(c -> c > ' ' && c <= '~');
  }
}
