<%@ page contentType="text/html; charset=UTF-8" %>
<%@ taglib prefix="captcha" uri="urn:anynode:captcha" %>
<form action="login" method="post">
  <input name="username">
  <input name="password" type="password">
  <captcha:widget/>
  <button>Log in</button>
</form>
