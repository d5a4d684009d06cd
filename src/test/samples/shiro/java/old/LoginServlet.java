package old;

import java.io.IOException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.shiro.SecurityUtils;
import org.apache.shiro.authc.UsernamePasswordToken;
import org.apache.shiro.subject.Subject;

public class LoginServlet extends HttpServlet {

  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String code = (String) request.getSession().getAttribute("validateCode");
    if (!code.equals(request.getParameter("validateCode"))) {
      response.getWriter().print("The code is wrong");
      return;
    }
    Subject subject = SecurityUtils.getSubject();
    subject.login(
        new UsernamePasswordToken(
            request.getParameter("username"), request.getParameter("password")));
    response.getWriter().print("Welcome, " + subject.getPrincipal());
  }
}
