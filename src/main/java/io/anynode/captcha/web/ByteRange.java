package io.anynode.captcha.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of a body that a request asks for (RFC 9110, section 14.2).
 *
 * @param first byte of it, counted from 0
 * @param last byte of it
 */
record ByteRange(int first, int last) {

  private static final Pattern ONE = Pattern.compile("bytes=([0-9]{0,9})-([0-9]{0,9})");

  /**
   * Reads a request.
   *
   * @param length of the whole body, at least 1
   * @return null for the whole: if there is no range, or none that has to be understood (several at
   *     once, another unit, a malformed one), if it is not a GET, or if the part is wanted of a
   *     certain version only, for no version has a name here
   */
  static @Nullable ByteRange in(HttpServletRequest request, int length) {
    String asked = request.getHeader("Range");
    if (asked == null
        || request.getHeader("If-Range") != null
        || !request.getMethod().equals("GET")) {
      return null;
    }
    Matcher one = ONE.matcher(asked.strip());
    if (!one.matches() || (one.group(1).isEmpty() && one.group(2).isEmpty())) {
      return null;
    }
    if (one.group(1).isEmpty()) {
      int count = Integer.parseInt(one.group(2));
      return new ByteRange(Math.max(0, length - count), length - 1);
    }
    int first = Integer.parseInt(one.group(1));
    int last = one.group(2).isEmpty() ? length - 1 : Integer.parseInt(one.group(2));
    if (last < first && !one.group(2).isEmpty()) {
      return null;
    }
    return new ByteRange(first, Math.min(last, length - 1));
  }

  /** Whether the body has nothing of this part. */
  boolean isEmpty() {
    return first > last;
  }
}
