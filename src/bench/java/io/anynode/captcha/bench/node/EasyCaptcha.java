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
    // Into the response's buffer, and with no length: else the client has the whole picture before
    // Tomcat's valve, when the servlet has ended, stores the session, and in one round of ten the
    // answer comes before it.
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
