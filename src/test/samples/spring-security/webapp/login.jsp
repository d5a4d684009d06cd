<%@ page contentType="text/html; charset=UTF-8" %>
<%@ taglib prefix="captcha" uri="urn:anynode:captcha" %>
<form action="login" method="post">
  <input name="username">
  <input name="password" type="password">
  <captcha:widget/>
  <input type="hidden" name="_csrf" value="${_csrf.token}">
  <button>Log in</button>
</form>
