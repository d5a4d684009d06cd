<%@ page contentType="text/html; charset=UTF-8" import="old.CaptchaServlet" %>
<% CaptchaServlet.generateToken(session); %>
<form action="login" method="post">
  <input name="username"> <input name="password" type="password">
  <img id="captcha" src="captcha">
  <input name="captcha"> <input type="submit">
</form>
