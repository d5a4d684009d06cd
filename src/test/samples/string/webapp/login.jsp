<%@ page contentType="text/html; charset=UTF-8" %>
<form action="login.do" method="post">
  <input name="username"> <input name="password" type="password">
  <img id="code" src="image.jsp" onclick="this.src='image.jsp?' + Math.random()">
  <input name="checkCode"> <input type="submit">
</form>
