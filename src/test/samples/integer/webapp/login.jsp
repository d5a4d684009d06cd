<%@ page contentType="text/html; charset=UTF-8" %>
<form action="user.do" method="get">
  <input name="method" value="login" type="hidden">
  <input name="username"> <input name="password" type="password">
  <img id="sum" src="user.do?method=code" onclick="this.src='user.do?method=code&amp;r=' + Math.random()">
  <input name="answer"> <input type="submit">
</form>
