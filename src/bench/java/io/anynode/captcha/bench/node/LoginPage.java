package io.anynode.captcha.bench.node;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The same page for all. */
final class LoginPage {

  static final String PATH = "/login";

  private LoginPage() {}

  /**
   * Writes it.
   *
   * @param picture the picture's URL
   * @param captcha the fields of the captcha
   */
  static void write(HttpServletResponse response, String picture, String captcha)
      throws IOException {
    response.setContentType("text/html;charset=UTF-8");
    response.setHeader("Cache-Control", "no-store");
    response
        .getWriter()
        .print(
            """
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><title>Log in</title></head>
            <body>
            <form action="login" method="post">
            <label>User name <input name="username" autocomplete="username" required></label>
            <label>Password <input name="password" type="password" required></label>
            <img src="%s" alt="Characters to be typed">
            %s
            <button type="submit">Log in</button>
            </form>
            </body>
            </html>
            """
                .formatted(picture, captcha));
  }
}
