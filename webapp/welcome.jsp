<%@ page contentType="text/html; charset=UTF-8" session="false" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="captcha" uri="urn:anynode:captcha" %>
<%
  response.setHeader("Cache-Control", "no-store");
  response.setHeader("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'");
  HttpSession session = request.getSession(false);
  if (session == null || session.getAttribute("user") == null) {
    response.sendRedirect("login.jsp");
    return;
  }
  pageContext.setAttribute("user", session.getAttribute("user"));
  pageContext.setAttribute("servedForm", session.getAttribute("served-form"));
  pageContext.setAttribute("untold", "not told: only the cluster's workers say so");
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
  <section class="card" aria-labelledby="title">
    <h1 id="title">Welcome, ${captcha:escaped(user)}</h1>
    <p>You are logged in, whoever answered:</p>
    <dl>
      <dt>The page</dt>
      <dd id="served-page">${empty cookie['served-page'] ? untold : captcha:escaped(cookie['served-page'].value)}</dd>
      <dt>The picture</dt>
      <dd id="served-picture">${empty cookie['served-picture'] ? untold : captcha:escaped(cookie['served-picture'].value)}</dd>
      <dt>The sound</dt>
      <dd id="served-sound">${empty cookie['served-sound'] ? 'not asked for' : captcha:escaped(cookie['served-sound'].value)}</dd>
      <dt>The work</dt>
      <dd id="served-work">${empty cookie['served-work'] ? 'not asked for' : captcha:escaped(cookie['served-work'].value)}</dd>
      <dt>The form</dt>
      <dd id="served-form">${captcha:escaped(servedForm)}</dd>
      <dt>This page</dt>
      <dd>${captcha:escaped(captcha.node)}</dd>
      <dt>Your answer</dt>
      <dd id="verdict">PASSED</dd>
      <dt>The session</dt>
      <dd id="store">${captcha.store}</dd>
    </dl>
    <form action="logout" method="post">
      <button type="submit">Log out</button>
    </form>
  </section>
</main>
</body>
</html>
