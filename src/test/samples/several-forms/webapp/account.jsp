<%@ page contentType="text/html; charset=UTF-8" %>
<%
  if (request.getParameter("login") != null) {
    out.print("Back again, " + request.getParameter("username"));
  } else if (request.getParameter("register") != null) {
    String piccode = (String) session.getAttribute("piccode");
    if (piccode.equals(request.getParameter("piccode").toUpperCase())) {
      out.print("Welcome, " + request.getParameter("username"));
    } else {
      out.print("The code is wrong");
    }
  }
%>
