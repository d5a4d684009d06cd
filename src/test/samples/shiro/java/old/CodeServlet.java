package old;

import java.awt.Color;
import java.awt.Graphics;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

public class CodeServlet extends HttpServlet {

  private static final String CHARACTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Random random = new Random();
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      code.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
    }
    request.getSession().setAttribute("validateCode", code.toString());
    BufferedImage image = new BufferedImage(80, 30, BufferedImage.TYPE_INT_RGB);
    Graphics g = image.getGraphics();
    g.fillRect(0, 0, 80, 30);
    g.setColor(Color.RED);
    g.drawString(code.toString(), 20, 20);
    g.dispose();
    response.setContentType("image/jpeg");
    ImageIO.write(image, "jpeg", response.getOutputStream());
  }
}
