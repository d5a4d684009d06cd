package io.anynode.captcha.bench.node;

import com.wf.captcha.SpecCaptcha;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

/** EasyCaptcha 1.6.2's {@code SpecCaptcha} with 5 characters, as its own servlet has it. */
final class EasyCaptcha implements SessionCaptcha {

  private static final int WIDTH = 130;
  private static final int HEIGHT = 48;

  @Override
  public String attribute() {
    return "captcha";
  }

  @Override
  public void draw(HttpServletRequest request, HttpServletResponse response) throws IOException {
    SpecCaptcha captcha = new OneLetter();
    request.getSession().setAttribute(attribute(), captcha.text().toLowerCase(Locale.ROOT));
    response.setHeader("Cache-Control", "no-store");
    response.setContentType("image/png");
    // Written at once: Tomcat's valve stores the session when the servlet has ended, and the answer
    // must not come before.
    ByteArrayOutputStream picture = new ByteArrayOutputStream();
    boolean unused = captcha.out(picture);
    picture.writeTo(response.getOutputStream());
  }

  @Override
  public boolean isRight(HttpSession session, String answer) {
    return answer.equalsIgnoreCase((String) session.getAttribute(attribute()));
  }

  /** It has no setting for its letters, but a method that may be overridden. */
  private static final class OneLetter extends SpecCaptcha {

    OneLetter() {
      super(WIDTH, HEIGHT, ANSWER.length());
    }

    @Override
    protected char[] alphas() {
      char[] letters = new char[len];
      Arrays.fill(letters, ANSWER.charAt(0));
      chars = new String(letters);
      return letters;
    }
  }
}
