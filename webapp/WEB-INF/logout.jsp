<%@ page contentType="text/html; charset=UTF-8" session="false" trimDirectiveWhitespaces="true" %>
<%
  HttpSession session = request.getSession(false);
  if (session != null && request.getMethod().equals("POST")) {
    session.invalidate();
  }
  response.setStatus(HttpServletResponse.SC_SEE_OTHER);
  response.setHeader("Location", request.getContextPath() + "/login.jsp");
%>
