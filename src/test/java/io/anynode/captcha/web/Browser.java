package io.anynode.captcha.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** A visitor with one cookie jar for all nodes, as behind a load balancer. */
final class Browser {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Map<String, String> cookies = new LinkedHashMap<>();

  /** Gets a path from a node. */
  HttpResponse<String> get(Node node, String path) {
    return send(request(node, path).GET());
  }

  /** Gets an address. */
  HttpResponse<String> get(URI address) {
    return send(request(address).GET());
  }

  /** Gets a path's bytes from a node. */
  HttpResponse<byte[]> bytes(Node node, String path) {
    return send(request(node, path).GET(), BodyHandlers.ofByteArray());
  }

  /** Posts a form to a node; names and values take turns. */
  HttpResponse<String> post(Node node, String path, String... namesAndValues) {
    return send(
        request(node, path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form(namesAndValues))));
  }

  /** A request with this visitor's cookies. */
  HttpRequest.Builder request(Node node, String path) {
    return request(URI.create(node.url(path)));
  }

  /** A request with this visitor's cookies. */
  HttpRequest.Builder request(URI address) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address);
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    return request;
  }

  /** Sends a request, and keeps the cookies that come back. */
  HttpResponse<String> send(HttpRequest.Builder request) {
    return send(request, BodyHandlers.ofString());
  }

  /** Sends a request, keeps the cookies, and takes the bytes that come back. */
  HttpResponse<byte[]> sendForBytes(HttpRequest.Builder request) {
    return send(request, BodyHandlers.ofByteArray());
  }

  private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
    try {
      HttpResponse<T> response = CLIENT.send(request.build(), body);
      for (String header : response.headers().allValues("Set-Cookie")) {
        HttpCookie cookie = HttpCookie.parse(header).get(0);
        cookies.put(cookie.getName(), cookie.getValue());
      }
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Puts a cookie into the jar. */
  void cookie(String name, String value) {
    cookies.put(name, value);
  }

  /** The cookies in the jar. */
  Map<String, String> cookies() {
    return cookies;
  }

  /** The id of the session that its cookie names. */
  String sessionId() {
    return sessionId("SESSION");
  }

  /** The id of the session that this cookie names. */
  String sessionId(String cookie) {
    String value = Objects.requireNonNull(cookies.get(cookie), "no session cookie");
    return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
  }

  private static String form(String... namesAndValues) {
    StringBuilder form = new StringBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      form.append(i == 0 ? "" : "&").append(encoded(namesAndValues[i]));
      form.append('=').append(encoded(namesAndValues[i + 1]));
    }
    return form.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
