package io.anynode.captcha.web;

import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** The application behind the captcha: what a request meets that was let through. */
final class Application {

  /** What a request is answered with that got through to the application. */
  static final String LET_THROUGH = "let through";

  private Application() {}

  /** A login behind a guard, and a page with a challenge. */
  static void install(Context context) {
    servlet(context, "/login", Application::letThrough);
    servlet(context, "/account/*", Application::letThrough);
    servlet(context, "/page", Application::page);
    servlet(context, "/plain", (request, response) -> response.getWriter().print("plain"));
    servlet(
        context,
        "/session",
        (request, response) -> response.getWriter().print(request.getSession().getId()));
  }

  /** Adds a servlet. */
  static void servlet(Context context, String pattern, Handler handler) {
    Wrapper wrapper = Tomcat.addServlet(context, "servlet " + pattern, new HandlerServlet(handler));
    wrapper.setAsyncSupported(true);
    wrapper.addMapping(pattern);
  }

  /** Adds a filter of the application's own, to all requests. */
  static void filter(Context context, Filter filter) {
    filter(context, "filter", filter);
  }

  /** Adds a filter of the application's own, to all requests, as web.xml would. */
  static void filter(Context context, String name, Filter filter) {
    FilterMap everything = new FilterMap();
    everything.setFilterName(name);
    everything.addURLPattern("/*");
    filter(context, filter, everything);
  }

  /** Adds a filter of the application's own, as web.xml would. */
  static void filter(Context context, Filter filter, FilterMap mapping) {
    FilterDef definition = new FilterDef();
    definition.setFilterName(mapping.getFilterName());
    definition.setFilter(filter);
    definition.setAsyncSupported("true");
    context.addFilterDef(definition);
    context.addFilterMap(mapping);
  }

  private static void letThrough(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain;charset=UTF-8");
    response.getWriter().print(LET_THROUGH + " " + request.getParameter("username"));
  }

  private static void page(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    PageCaptcha captcha = (PageCaptcha) request.getAttribute("captcha");
    response.setContentType("text/plain;charset=UTF-8");
    response
        .getWriter()
        .print(captcha.getId() + " " + captcha.getImage() + " " + captcha.getVerdict());
  }

  /** What a servlet does. */
  @FunctionalInterface
  interface Handler {
    void handle(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException;
  }

  private static final class HandlerServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private final transient Handler handler;

    HandlerServlet(Handler handler) {
      this.handler = handler;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException {
      handler.handle(request, response);
    }
  }
}
