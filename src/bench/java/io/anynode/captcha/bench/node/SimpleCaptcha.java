package io.anynode.captcha.bench.node;

import cn.apiclub.captcha.Captcha;
import cn.apiclub.captcha.backgrounds.GradiatedBackgroundProducer;
import cn.apiclub.captcha.text.producer.DefaultTextProducer;
import cn.apiclub.captcha.text.renderer.ColoredEdgesWordRenderer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import javax.imageio.ImageIO;

/** simplecaptcha 1.2.2 as its {@code SimpleCaptchaServlet} uses it: the session has its object. */
final class SimpleCaptcha implements SessionCaptcha {

  private static final int WIDTH = 200;
  private static final int HEIGHT = 50;

  private final List<Color> colours = List.of(Color.BLACK, Color.BLUE);
  private final List<Font> fonts =
      List.of(
          new Font("Geneva", Font.ITALIC, 48),
          new Font("Courier", Font.BOLD, 48),
          new Font("Arial", Font.BOLD, 48));

  @Override
  public String attribute() {
    return Captcha.NAME;
  }

  @Override
  public void draw(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Captcha captcha =
        new Captcha.Builder(WIDTH, HEIGHT)
            .addText(
                new DefaultTextProducer(ANSWER.length(), new char[] {ANSWER.charAt(0)}),
                new ColoredEdgesWordRenderer(colours, fonts))
            .gimp()
            .addNoise()
            .addBackground(new GradiatedBackgroundProducer())
            .build();
    // Before the picture, else the answer may come before its session does.
    request.getSession().setAttribute(attribute(), captcha);
    response.setHeader("Cache-Control", "private,no-cache,no-store");
    response.setContentType("image/png");
    try (OutputStream out = response.getOutputStream()) {
      boolean unused = ImageIO.write(captcha.getImage(), "png", out);
    }
  }

  @Override
  public boolean isRight(HttpSession session, String answer) {
    return session.getAttribute(attribute()) instanceof Captcha captcha
        && captcha.isCorrect(answer);
  }
}
