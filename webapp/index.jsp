<%@ page contentType="text/html; charset=UTF-8" session="false" %>
<!DOCTYPE html>
<html lang="en"><title>Anynode Captcha</title><p>It runs.</p></html>
