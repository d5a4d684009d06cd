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

public class UserServlet extends HttpServlet {

  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if ("code".equals(request.getParameter("method"))) {
      code(request, response);
    } else if ("login".equals(request.getParameter("method"))) {
      login(request, response);
    }
  }

  private void code(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Random random = new Random();
    int a = random.nextInt(10) + 1;
    int b = random.nextInt(10) + 1;
    request.getSession().setAttribute("sum", a + b);
    BufferedImage image = new BufferedImage(90, 30, BufferedImage.TYPE_INT_RGB);
    Graphics g = image.getGraphics();
    g.fillRect(0, 0, 90, 30);
    g.setColor(Color.BLUE);
    g.drawString(a + " + " + b + " = ?", 10, 20);
    g.dispose();
    ImageIO.write(image, "png", response.getOutputStream());
  }

  private void login(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    int sum = (Integer) request.getSession().getAttribute("sum");
    if (Integer.parseInt(request.getParameter("answer")) == sum) {
      response.getWriter().print("Welcome, " + request.getParameter("username"));
    } else {
      response.getWriter().print("The code is wrong");
    }
  }
}
