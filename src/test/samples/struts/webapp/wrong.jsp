<%@ page contentType="text/html; charset=UTF-8" %>
The code is wrong
