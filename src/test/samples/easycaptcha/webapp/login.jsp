<%@ page contentType="text/html; charset=UTF-8" %>
<form action="login" method="post">
  <input name="username"> <input name="password" type="password">
  <img id="captcha" src="captcha" onclick="this.src='captcha?' + Math.random()">
  <input name="verCode"> <input type="submit">
</form>
