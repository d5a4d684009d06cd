package old;

import com.github.cage.Cage;
import com.github.cage.GCage;
import java.io.IOException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.servlet.http.HttpSession;

public class CaptchaServlet extends HttpServlet {

  private static final Cage CAGE = new GCage();

  public static void generateToken(HttpSession session) {
    session.setAttribute("captchaToken", CAGE.getTokenGenerator().next());
  }

  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    HttpSession session = request.getSession(false);
    String token = session == null ? null : (String) session.getAttribute("captchaToken");
    if (token == null) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND, "Captcha not found.");
      return;
    }
    response.setContentType("image/" + CAGE.getFormat());
    CAGE.draw(token, response.getOutputStream());
  }
}
