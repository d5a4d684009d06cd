package io.anynode.captcha.jsp;

import io.anynode.captcha.web.PageCaptcha;
import org.jspecify.annotations.Nullable;

/** The EL functions of the tag library. */
public final class Html {

  private Html() {}

  /**
   * Tells whether the form was sent and refused by its captcha: {@code ${captcha:failed(captcha)}},
   * or {@code ${captcha:failed(captcha.scoped('login'))}} for one form among several.
   *
   * @param captcha the request attribute {@code captcha}
   * @throws IllegalStateException if it is null: the request did not come through the captcha
   */
  public static boolean failed(@Nullable PageCaptcha captcha) {
    if (captcha == null) {
      throw new IllegalStateException(CaptchaTag.ABSENT);
    }
    return captcha.getVerdict() != null;
  }

  /**
   * Text for HTML, also within an attribute's quotes, such as what was typed before a refusal:
   * {@code value="${captcha:escaped(param.username)}"}. Not for passwords and other secrets: a page
   * that repeats one leaves it in the browser's history and in caches.
   *
   * @return empty for null
   */
  public static String escaped(@Nullable Object text) {
    return text == null
        ? ""
        : text.toString()
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;")
            .replace("'", "&#39;");
  }
}
