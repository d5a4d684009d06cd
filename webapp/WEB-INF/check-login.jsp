<%@ page contentType="text/html; charset=UTF-8" session="false" trimDirectiveWhitespaces="true" %>
<%@ page import="io.anynode.captcha.web.PageCaptcha" %>
<%
  // An application's own login, as it was before the captcha, which stands before it.
  if (!request.getMethod().equals("POST")) {
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    response.setHeader("Location", request.getContextPath() + "/login.jsp");
    return;
  }
  if (!"demo".equals(request.getParameter("username"))
      || !"demo".equals(request.getParameter("password"))) {
    response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    request.setAttribute("login.message", "That user name or password is not right.");
    request.getRequestDispatcher("/login.jsp").forward(request, response);
    return;
  }
  HttpSession session = request.getSession();
  request.changeSessionId(); // whoever knew the old id learns nothing of who is logged in now
  session.setAttribute("user", "demo");
  session.setAttribute(
      "served-form", ((PageCaptcha) request.getAttribute("captcha")).getNode());
  response.setStatus(HttpServletResponse.SC_SEE_OTHER);
  response.setHeader("Location", request.getContextPath() + "/welcome.jsp");
%>
