package io.anynode.captcha.server.lab;

import jakarta.servlet.Filter;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A captcha as applications write it: the answer is an attribute of the container's session, read,
 * compared and then removed. To be measured, not to be used. It speaks as ours does, asks nothing
 * hard and draws no picture.
 */
final class SessionCaptcha extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final String ATTRIBUTE = "captcha";
  private static final int UNPROCESSABLE = 422;

  private SessionCaptcha() {}

  /** Puts it before the login. */
  static ServletContainerInitializer initializer() {
    return (classes, application) -> {
      application.addServlet("captcha", new SessionCaptcha()).addMapping("/captcha/*");
      application
          .addFilter("guard", guard())
          .addMappingForUrlPatterns(null, false, LabApplication.LOGIN);
    };
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String answer = UUID.randomUUID().toString();
    request.getSession().setAttribute(ATTRIBUTE, answer);
    response.setStatus(HttpServletResponse.SC_CREATED);
    response.setContentType("application/json");
    response.getWriter().print("{\"id\":\"" + answer + "\"}");
  }

  /** As our endpoints answer: the picture if it is known here, and health. */
  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response) {
    String path = String.valueOf(request.getPathInfo());
    boolean known =
        path.equals("/health") || path.equals("/" + answer(request.getSession(false)) + ".png");
    response.setStatus(known ? HttpServletResponse.SC_OK : HttpServletResponse.SC_NOT_FOUND);
  }

  private static Filter guard() {
    return (request, response, chain) -> {
      HttpSession session =
          request instanceof HttpServletRequest http ? http.getSession(false) : null;
      String answer = answer(session);
      if (session != null && answer != null && answer.equals(request.getParameter("captcha-id"))) {
        session.removeAttribute(ATTRIBUTE);
        chain.doFilter(request, response);
      } else if (response instanceof HttpServletResponse http) {
        http.setStatus(UNPROCESSABLE);
      }
    };
  }

  private static @Nullable String answer(@Nullable HttpSession session) {
    return session != null && session.getAttribute(ATTRIBUTE) instanceof String text ? text : null;
  }
}
