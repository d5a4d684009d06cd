package old;

import cn.apiclub.captcha.Captcha;
import java.io.IOException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

public class LoginServlet extends HttpServlet {

  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Captcha captcha = (Captcha) request.getSession().getAttribute(Captcha.NAME);
    if (captcha.isCorrect(request.getParameter("answer"))) {
      response.getWriter().print("Welcome, " + request.getParameter("username"));
    } else {
      response.getWriter().print("The code is wrong");
    }
  }
}
