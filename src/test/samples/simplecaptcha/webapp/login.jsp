<%@ page contentType="text/html; charset=UTF-8" %>
<form action="login" method="post">
  <input name="username"> <input name="password" type="password">
  <img id="captcha" src="simpleCaptcha.png" onclick="this.src='simpleCaptcha.png?' + Math.random()">
  <input name="answer"> <input type="submit">
</form>
