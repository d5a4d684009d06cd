package io.anynode.captcha.bench.node;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/**
 * Another captcha, with sessions kept in another way. Its login checks the answer and uses it up, as
 * every application that does not want to see it twice.
 *
 * @param captcha what draws and checks
 * @param keeping where the sessions are
 */
record Peer(SessionCaptcha captcha, Keeping keeping) implements Application {

  private static final String PICTURE = "/captcha.image";

  @Override
  public Context addTo(Tomcat tomcat, Path work) {
    Context context = keeping.addContext(tomcat, work);
    context.addServletContainerInitializer(
        (classes, application) -> {
          application.addServlet("login", new Login(captcha)).addMapping(LoginPage.PATH);
          application.addServlet("picture", new Picture(captcha)).addMapping(PICTURE);
        },
        Set.of());
    return context;
  }

  private static final class Login extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient SessionCaptcha captcha;

    Login(SessionCaptcha captcha) {
      this.captcha = captcha;
    }

    /** Begins the session, as each JSP does that does not say {@code session="false"}. */
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      HttpSession unused = request.getSession();
      LoginPage.write(response, PICTURE, "<input name=\"captcha-answer\" required>");
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
      HttpSession session = request.getSession();
      boolean right = captcha.isRight(session, request.getParameter("captcha-answer"));
      session.removeAttribute(captcha.attribute());
      response.setStatus(
          right ? HttpServletResponse.SC_NO_CONTENT : HttpServletResponse.SC_FORBIDDEN);
    }
  }

  private static final class Picture extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient SessionCaptcha captcha;

    Picture(SessionCaptcha captcha) {
      this.captcha = captcha;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      captcha.draw(request, response);
    }
  }
}
