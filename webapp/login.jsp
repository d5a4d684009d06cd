<%@ page contentType="text/html; charset=UTF-8" session="false" trimDirectiveWhitespaces="true" %>
<%@ page import="io.anynode.captcha.web.PageCaptcha" %>
<%@ taglib prefix="captcha" uri="urn:anynode:captcha" %>
<%
  PageCaptcha captcha = (PageCaptcha) request.getAttribute("captcha");
  response.setHeader("Cache-Control", "no-store");
  response.setHeader("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'");

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
  <captcha:head/>
  <link rel="stylesheet" href="style.css">
</head>
<body>
<main>
  <section class="card" aria-labelledby="title">
    <h1 id="title">Log in</h1>
    <p>Try <kbd>demo</kbd> with the password <kbd>demo</kbd>.</p>
    <% if (refused != null) { %>
    <p class="alert" role="alert"><%= refused %></p>
    <% } %>
    <form action="login" method="post">
      <label for="username">User name</label>
      <input id="username" name="username" value="${captcha:escaped(param.username)}"
        autocomplete="username" autocapitalize="none" spellcheck="false" required
        <%= refused == null && captcha.getMessage() == null ? "autofocus" : "" %>>

      <label for="password">Password</label>
      <input id="password" name="password" type="password" autocomplete="current-password" required
        <%= refused != null ? "autofocus" : "" %>>

      <captcha:widget/>
      <% if (captcha.isNeeded() && captcha.getImage() != null) { %>
      <noscript><p><a href="login.jsp">Another picture</a></p></noscript>
      <% } %>

      <button type="submit">Log in</button>
    </form>
  </section>

  <section class="card" aria-labelledby="behind">
    <h2 id="behind">Behind this page</h2>
    <p>Any worker answers any part of it, and none has to remember you.</p>
    <dl>
      <dt>This page</dt>
      <dd>${captcha:escaped(captcha.node)}</dd>
      <% if (captcha.getVerdict() != null) { %>
      <dt>Your answer</dt>
      <dd id="verdict">${captcha.verdict}</dd>
      <% } %>
      <dt>The session</dt>
      <dd id="store">${captcha.store}</dd>
      <dt>It asks for</dt>
      <dd>${captcha.kind}</dd>
      <dt>It offers</dt>
      <dd>${empty captcha.image ? '' : 'picture'}${empty captcha.sound ? '' : ', sound'}${empty captcha.work ? '' : empty captcha.image ? 'work' : ', work'}</dd>
    </dl>
    <p>Other kinds, other stores, after <kbd>Ctrl</kbd>+<kbd>C</kbd>:</p>
    <pre><code>java -Dcaptcha.kind=sum -jar captcha.war
java -Dcaptcha.kind=work -jar captcha.war
java -jar captcha.war --store redis</code></pre>
  </section>
</main>
</body>
</html>
