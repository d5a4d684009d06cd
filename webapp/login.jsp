<%@ page contentType="text/html; charset=UTF-8" session="false" trimDirectiveWhitespaces="true" %>
<%@ page import="io.anynode.captcha.web.PageCaptcha" %>
<%@ include file="/WEB-INF/escaped.jspf" %>
<%
  PageCaptcha captcha = (PageCaptcha) request.getAttribute("captcha");
  response.setHeader("Cache-Control", "no-store");

  // For the welcome page, which says which worker answered what: kept by the browser, by no worker.
  Cookie servedPage = new Cookie("served-page", captcha.getNode());
  servedPage.setPath(request.getContextPath() + "/");
  servedPage.setHttpOnly(true);
  response.addCookie(servedPage);

  boolean captchaRefused = captcha.getMessage() != null;
  Object loginRefused = request.getAttribute("login.message");
  Object message = captchaRefused ? captcha.getMessage() : loginRefused;
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
  <% if (message != null) { %>
  <p class="alert" role="alert"><%= escaped(message) %></p>
  <% } %>
  <form action="login" method="post">
    <label for="username">User name</label>
    <input id="username" name="username" value="<%= escaped(request.getParameter("username")) %>"
      autocomplete="username" autocapitalize="none" spellcheck="false" required
      <%= message == null ? "autofocus" : "" %>>

    <label for="password">Password</label>
    <input id="password" name="password" type="password" autocomplete="current-password" required
      <%= loginRefused != null ? "autofocus" : "" %>>

    <div class="picture">
      <img id="picture" src="${captcha.image}"
        alt="${captcha.kind == 'sum' ? 'A sum to work out' : 'Characters to type'}">
      <a id="refresh" href="login.jsp" data-challenges="${captcha.challenges}">Another picture</a>
    </div>

    <label for="answer">${captcha.kind == 'sum' ? 'Result of the sum' : 'Characters in the picture'}</label>
    <input id="answer" name="${captcha.answerParameter}" autocomplete="off"
      autocapitalize="characters" spellcheck="false" required
      <%= captchaRefused ? "autofocus" : "" %>>
    <input id="challenge" name="${captcha.idParameter}" type="hidden" value="${captcha.id}">

    <button type="submit">Log in</button>
  </form>
</main>
</body>
</html>
