<%@ page contentType="text/html; charset=UTF-8" %>
<form action="login" method="post">
  <input name="username"> <input name="password" type="password">
  <img id="kaptcha" src="kaptcha.jpg" onclick="this.src='kaptcha.jpg?' + Math.random()">
  <input name="code"> <input type="submit">
</form>
