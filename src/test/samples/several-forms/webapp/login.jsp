<%@ page contentType="text/html; charset=UTF-8" %>
<form action="account.do" method="post">
  <input name="username"> <input name="password" type="password">
  <input name="login" type="submit" value="Log in">
</form>
<form action="account.do" method="post">
  <input name="username"> <input name="mail">
  <img id="piccode" src="piccode.jsp" onclick="this.src='piccode.jsp?' + Math.random()">
  <input name="piccode"> <input name="register" type="submit" value="Register">
</form>
