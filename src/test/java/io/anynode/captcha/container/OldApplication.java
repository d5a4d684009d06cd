package io.anynode.captcha.container;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * A login of the javax age: a page, a form and what it leads to, with a descriptor of Servlet 2.5.
 * All that was added for the captcha is a properties file, and a picture and a field in the page.
 */
public final class OldApplication {

  /** What the form leads to. */
  public static final String WELCOME = "Welcome, demo";

  /** The servlet behind the form, for a {@code web.xml}. */
  static final String LOGIN_SERVLET =
      """
      <servlet>
        <servlet-name>login</servlet-name>
        <jsp-file>/WEB-INF/login-done.jsp</jsp-file>
      </servlet>
      <servlet-mapping>
        <servlet-name>login</servlet-name>
        <url-pattern>/login</url-pattern>
      </servlet-mapping>
      """;

  private OldApplication() {}

  /**
   * The application without any jar.
   *
   * @param settings further lines of its {@code WEB-INF/captcha.properties}
   */
  public static WarBuilder war(Map<String, String> settings) {
    String lines =
        settings.entrySet().stream()
            .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
            .collect(Collectors.joining());
    return new WarBuilder()
        .text(
            "WEB-INF/captcha.properties",
            """
            captcha.protect.login.path=/login
            captcha.protect.login.on-failure=forward:/login.jsp
            """
                + lines)
        .text(
            "WEB-INF/web.xml",
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <web-app xmlns="http://java.sun.com/xml/ns/javaee" version="2.5">
              %s
            </web-app>
            """
                .formatted(LOGIN_SERVLET))
        .text(
            "login.jsp",
            """
            <%@ page contentType="text/html; charset=UTF-8" %>
            <form action="login" method="post">
              <input name="username"><input name="password" type="password">
              <img src="${captcha.image}" alt="Characters to be typed">
              <input name="captcha-id" type="hidden" value="${captcha.id}">
              <input name="captcha-answer">
            </form>
            """)
        .text(
            "WEB-INF/login-done.jsp",
            """
            <%@ page contentType="text/plain; charset=UTF-8" %>
            <% session.setAttribute("user", request.getParameter("username")); %>
            Welcome, <%= session.getAttribute("user") %>
            """)
        .text("plain.jsp", "<%@ page session=\"false\" %>plain");
  }
}
