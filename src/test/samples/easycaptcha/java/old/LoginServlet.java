package old;

import com.wf.captcha.utils.CaptchaUtil;
import java.io.IOException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

public class LoginServlet extends HttpServlet {

  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (CaptchaUtil.ver(request.getParameter("verCode"), request)) {
      response.getWriter().print("Welcome, " + request.getParameter("username"));
    } else {
      response.getWriter().print("The code is wrong");
    }
  }
}
