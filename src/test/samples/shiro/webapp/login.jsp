<%@ page contentType="text/html; charset=UTF-8" %>
<form action="login" method="post">
  <input name="username"> <input name="password" type="password">
  <img id="captcha" src="code" onclick="this.src='code?' + Math.random()">
  <input name="validateCode"> <input type="submit">
</form>
