<%@ page contentType="text/html; charset=UTF-8" %>
<%
  String checkCode = request.getParameter("checkCode");
  String rand = (String) session.getAttribute("randStr");
  if (rand.equals(checkCode)) {
    out.print("Welcome, " + request.getParameter("username"));
  } else {
    out.print("The code is wrong");
  }
%>
