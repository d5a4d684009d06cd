<%@ page contentType="text/html; charset=UTF-8" session="false" trimDirectiveWhitespaces="true" %>
<%@ page import="io.anynode.captcha.web.PageCaptcha" %>
<%@ taglib prefix="captcha" uri="urn:anynode:captcha" %>
<%
  PageCaptcha captcha = (PageCaptcha) request.getAttribute("captcha");
  response.setHeader("Cache-Control", "no-store");

  // For the welcome page, which says which worker answered what: kept by the browser, by no worker.
  Cookie servedPage = new Cookie("served-page", captcha.getNode());
  servedPage.setPath(request.getContextPath() + "/");
  servedPage.setHttpOnly(true);
  response.addCookie(servedPage);

  Object refused = request.getAttribute("login.message"); // by check-login.jsp, not by the captcha
%>
<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Log in: Anynode Captcha</title>
  <link rel="stylesheet" href="style.css">
  <script src="refresh.js" defer></script>
</head>
<body>
<main>
  <h1>Log in</h1>
  <p>Any worker answers any part of this. Try <kbd>demo</kbd> with the password <kbd>demo</kbd>.</p>
  <captcha:error class="alert"/>
  <% if (refused != null) { %>
  <p class="alert" role="alert"><%= refused %></p>
  <% } %>
  <form action="login" method="post">
    <label for="username">User name</label>
    <input id="username" name="username" value="${captcha:escaped(param.username)}"
      autocomplete="username" autocapitalize="none" spellcheck="false" required
      <%= refused == null && captcha.getVerdict() == null ? "autofocus" : "" %>>

    <label for="password">Password</label>
    <input id="password" name="password" type="password" autocomplete="current-password" required
      <%= refused != null ? "autofocus" : "" %>>

    <div class="picture">
      <captcha:picture id="picture"/>
      <a id="refresh" href="login.jsp" data-challenges="${captcha.challenges}">Another picture</a>
    </div>

    <label for="answer">${captcha.kind == 'sum' ? 'Result of the sum' : 'Characters in the picture'}</label>
    <captcha:field id="answer" autofocus="${captcha:failed(captcha)}"/>
    <captcha:id id="challenge"/>

    <button type="submit">Log in</button>
  </form>
</main>
</body>
</html>
