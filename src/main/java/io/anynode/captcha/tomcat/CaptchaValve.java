package io.anynode.captcha.tomcat;

import io.anynode.captcha.web.FormLogin;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.catalina.Authenticator;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Valve;
import org.apache.catalina.authenticator.FormAuthenticator;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ContinueResponseTiming;
import org.apache.tomcat.util.descriptor.web.LoginConfig;

/**
 * Stands before Tomcat's FORM login: only a right answer lets a {@code j_security_check} through.
 *
 * <pre>{@code
 * <Context>
 *   <Valve className="io.anynode.captcha.tomcat.CaptchaValve"/>
 * </Context>
 * }</pre>
 *
 * <p>In {@code META-INF/context.xml}, or in {@code conf/Catalina/localhost/<application>.xml} with
 * the WAR untouched. It has no settings of its own: a guard whose path is {@code /j_security_check}
 * gives the scope and what a refused login gets; without one that is no scope, and the login page
 * again.
 *
 * <p>It fails closed: an application whose captcha is not there answers a login with 503.
 */
public final class CaptchaValve extends ValveBase {

  /** Made by Tomcat, from a context's XML. */
  public CaptchaValve() {
    super(true);
  }

  @Override
  protected void startInternal() throws LifecycleException {
    if (!(getContainer() instanceof Context context)) {
      throw new LifecycleException(
          "CaptchaValve belongs to one application: put it into that application's <Context>.");
    }
    List<Valve> valves = Arrays.asList(context.getPipeline().getValves());
    if (valves.subList(0, valves.indexOf(this)).stream()
        .anyMatch(Authenticator.class::isInstance)) {
      throw new LifecycleException(
          "CaptchaValve must stand before the authenticator: put it first in the <Context>.");
    }
    context.getServletContext().setAttribute(FormLogin.VALVE, loginPage(context));
    super.startInternal();
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    if (!isLogin(request)) {
      getNext().invoke(request, response);
      return;
    }
    Context context = request.getContext();
    if (context.getServletContext().getAttribute(FormLogin.GUARD) instanceof Filter guard) {
      prepare(context, request);
      guard.doFilter(
          request.getRequest(),
          response.getResponse(),
          (unused, unusedToo) -> getNext().invoke(request, response));
    } else {
      containerLog.error(
          "A login at "
              + context.getName()
              + " is answered with 503: CaptchaValve finds no Anynode Captcha in this application."
              + " Put its jar into WEB-INF/lib, or take the valve out of the <Context>.");
      response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    }
  }

  /**
   * In the very words of Tomcat's authenticator, so that whatever is a login to it is one here: any
   * folder, decoded, without path parameters; and any method, since most versions of it take all.
   */
  private static boolean isLogin(Request request) {
    return request.getDecodedRequestURI().endsWith(FormLogin.ACTION);
  }

  /** Does what the authenticator does before it reads the form, which the guard now reads first. */
  private static void prepare(Context context, Request request) throws IOException {
    request.getResponse().sendAcknowledgement(ContinueResponseTiming.ALWAYS);
    if (context.getAuthenticator() instanceof FormAuthenticator form
        && form.getCharacterEncoding() != null) {
      request.setCharacterEncoding(form.getCharacterEncoding());
    }
  }

  /** Finds the login page; empty if there is none. */
  private String loginPage(Context context) {
    LoginConfig login = context.getLoginConfig();
    if (login == null || !"FORM".equals(login.getAuthMethod())) {
      containerLog.warn(
          "CaptchaValve has nothing to guard: " + context.getName() + " does not use FORM login.");
      return "";
    }
    return login.getLoginPage() == null ? "" : login.getLoginPage();
  }
}
