package io.anynode.captcha.bench.node;

import io.anynode.captcha.web.CaptchaInitializer;
import io.anynode.captcha.web.PageCaptcha;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/** This captcha, with the settings that the process was given. */
final class Ours implements Application {

  @Override
  public Context addTo(Tomcat tomcat, Path work) {
    Context context = tomcat.addContext("", work.toString());
    context.addServletContainerInitializer(new CaptchaInitializer(), Set.of());
    context.addServletContainerInitializer(
        (classes, application) ->
            application.addServlet("login", new Login()).addMapping(LoginPage.PATH),
        Set.of());
    return context;
  }

  private static final class Login extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      PageCaptcha captcha = (PageCaptcha) request.getAttribute(PageCaptcha.ATTRIBUTE);
      LoginPage.write(
          response,
          String.valueOf(captcha.getImage()),
          "<input type=\"hidden\" name=\"captcha-id\" value=\"%s\"><input name=\"captcha-answer\" required>"
              .formatted(captcha.getId()));
    }

    /** Behind the captcha's filter, which lets only right answers through. */
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
  }
}
