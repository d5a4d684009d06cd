<%@ page contentType="text/html; charset=UTF-8" %>
<%@ taglib prefix="captcha" uri="urn:anynode:captcha" %>
<form action="login" method="post">
  <input name="username" value="${captcha:escaped(param.username)}"> <input name="password" type="password">
  <captcha:widget/>
  <input type="submit">
</form>
