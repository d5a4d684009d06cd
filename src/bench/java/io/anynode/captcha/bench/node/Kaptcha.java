package io.anynode.captcha.bench.node;

import com.google.code.kaptcha.Constants;
import com.google.code.kaptcha.Producer;
import com.google.code.kaptcha.util.Config;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;
import javax.imageio.ImageIO;

/** Kaptcha 2.3.2, with no settings but its letters. */
final class Kaptcha implements SessionCaptcha {

  private final Producer producer;

  Kaptcha() {
    // Its servlet does so, and is much faster for it.
    ImageIO.setUseCache(false);
    Properties settings = new Properties();
    settings.setProperty(Constants.KAPTCHA_TEXTPRODUCER_CHAR_STRING, ANSWER.substring(0, 1));
    producer = new Config(settings).getProducerImpl();
  }

  @Override
  public String attribute() {
    return Constants.KAPTCHA_SESSION_KEY;
  }

  @Override
  public void draw(HttpServletRequest request, HttpServletResponse response) throws IOException {
    response.setHeader("Cache-Control", "no-store, no-cache, must-revalidate");
    response.setContentType("image/jpeg");
    String text = producer.createText();
    HttpSession session = request.getSession();
    session.setAttribute(attribute(), text);
    session.setAttribute(Constants.KAPTCHA_SESSION_DATE, Date.from(Instant.now()));
    try (OutputStream out = response.getOutputStream()) {
      boolean unused = ImageIO.write(producer.createImage(text), "jpg", out);
    }
  }

  @Override
  public boolean isRight(HttpSession session, String answer) {
    return answer.equalsIgnoreCase((String) session.getAttribute(attribute()));
  }
}
