<%@ page contentType="text/html; charset=UTF-8" session="false" trimDirectiveWhitespaces="true" %>
<%@ include file="/WEB-INF/escaped.jspf" %>
<%!
  /** What the browser was told to keep. */
  private static String cookie(HttpServletRequest request, String name) {
    if (request.getCookies() != null) {
      for (Cookie cookie : request.getCookies()) {
        if (cookie.getName().equals(name)) {
          return cookie.getValue();
        }
      }
    }
    return "not told: only the cluster's workers say so";
  }
%>
<%
  response.setHeader("Cache-Control", "no-store");
  HttpSession session = request.getSession(false);
  if (session == null || session.getAttribute("user") == null) {
    response.sendRedirect("login.jsp");
    return;
  }
%>
<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Welcome: Anynode Captcha</title>
  <link rel="stylesheet" href="style.css">
</head>
<body>
<main>
  <h1>Welcome, <%= escaped(session.getAttribute("user")) %></h1>
  <p>You are logged in, whoever answered:</p>
  <dl>
    <dt>The page</dt>
    <dd id="served-page"><%= escaped(cookie(request, "served-page")) %></dd>
    <dt>The picture</dt>
    <dd id="served-picture"><%= escaped(cookie(request, "served-picture")) %></dd>
    <dt>The form</dt>
    <dd id="served-form"><%= escaped(session.getAttribute("served-form")) %></dd>
  </dl>
  <form action="logout" method="post">
    <button type="submit">Log out</button>
  </form>
</main>
</body>
</html>
