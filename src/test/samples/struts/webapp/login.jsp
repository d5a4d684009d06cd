<%@ page contentType="text/html; charset=UTF-8" %>
<form action="login.action" method="post">
  <input name="username"> <input name="password" type="password">
  <img id="captcha" src="code.action" onclick="this.src='code.action?' + Math.random()">
  <input name="checkcode"> <input type="submit">
</form>
