<%@ page contentType="text/html; charset=UTF-8" %>
<form action="login.do" method="post">
  <input name="username"> <input name="password" type="password">
  <img id="captcha" src="captcha-image.do" onclick="this.src='captcha-image.do?' + Math.random()">
  <input name="kaptcha"> <input type="submit">
</form>
