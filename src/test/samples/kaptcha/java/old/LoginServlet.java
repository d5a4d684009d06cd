package old;

import com.google.code.kaptcha.Constants;
import java.io.IOException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

public class LoginServlet extends HttpServlet {

  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String code = request.getParameter("code");
    Object expected = request.getSession().getAttribute(Constants.KAPTCHA_SESSION_KEY);
    if (code.equals(expected)) {
      response.getWriter().print("Welcome, " + request.getParameter("username"));
    } else {
      response.getWriter().print("The code is wrong");
    }
  }
}
