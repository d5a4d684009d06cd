package io.anynode.captcha.web;

import java.security.Principal;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.Valve;
import org.apache.catalina.realm.GenericPrincipal;
import org.apache.catalina.realm.RealmBase;
import org.apache.tomcat.util.descriptor.web.LoginConfig;
import org.apache.tomcat.util.descriptor.web.SecurityCollection;
import org.apache.tomcat.util.descriptor.web.SecurityConstraint;
import org.jspecify.annotations.Nullable;

/** An application behind its container's FORM login, of which one user knows the password. */
final class FormApplication {

  private FormApplication() {}

  /** Makes a context such an application, with these valves in its pipeline. */
  static void install(Context context, Valve... valves) {
    for (Valve valve : valves) {
      context.getPipeline().addValve(valve);
    }
    context.setLoginConfig(new LoginConfig("FORM", "realm", "/login.jsp", "/error.jsp"));
    context.setRealm(new OneUser());
    SecurityCollection everything = new SecurityCollection();
    everything.addPattern("/*");
    SecurityConstraint constraint = new SecurityConstraint();
    constraint.addCollection(everything);
    constraint.addAuthRole("user");
    constraint.setAuthConstraint(true);
    context.addConstraint(constraint);
    context.addSecurityRole("user");
    Pages.enable(context);
    Pages.enableTags(context);
    for (String page : List.of("login", "error")) {
      Pages.add(
          context,
          "/" + page + ".jsp",
          "<%@ page session=\"false\" %><%@ taglib prefix=\"captcha\" uri=\"urn:anynode:captcha\" %>"
              + page
              + "<captcha:widget/>");
    }
    Application.servlet(
        context,
        "/secret",
        (request, response) -> {
          response.setContentType("text/plain;charset=UTF-8");
          response.getWriter().print("for " + request.getRemoteUser());
        });
  }

  /** A realm of one user. */
  private static final class OneUser extends RealmBase {

    @Override
    protected @Nullable String getPassword(String name) {
      return name.equals("ren\u00e9e") ? "right" : null;
    }

    @Override
    protected Principal getPrincipal(String name) {
      return new GenericPrincipal(name, List.of("user"));
    }
  }
}
