package io.anynode.captcha.bench.load;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a browser takes from a page with a captcha.
 *
 * @param picture the picture's path
 * @param id the value of the hidden field; empty if there is none
 */
public record Page(String picture, String id) {

  private static final Pattern PICTURE = Pattern.compile("<img src=\"([^\"]+)\"");
  private static final Pattern ID = Pattern.compile("<input type=\"hidden\"[^>]* value=\"([^\"]*)\"");

  /** Reads a page; null if there is no picture in it. */
  public static @Nullable Page read(String html) {
    Matcher picture = PICTURE.matcher(html);
    Matcher id = ID.matcher(html);
    return picture.find() ? new Page(picture.group(1), id.find() ? id.group(1) : "") : null;
  }
}
