package io.anynode.captcha.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Logs in at the demo of a cluster in test mode, each time as a new visitor. For one thread. */
final class DemoVisitor {

  private static final Pattern ID = Pattern.compile("name=\"captcha-id\"[^>]* value=\"([^\"]+)\"");
  private static final Pattern IMAGE = Pattern.compile("<img[^>]* src=\"([^\"]+\\.png)\"");
  private static final String FORM = "username=demo&password=demo&captcha-answer=PASSED&captcha-id=";

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI cluster;

  /**
   * A visitor.
   *
   * @param cluster its front door, with a slash at its end
   */
  DemoVisitor(URI cluster) {
    this.cluster = cluster;
  }

  /** Asks for the page and its picture, and logs in. */
  void round() throws IOException, InterruptedException {
    HttpResponse<String> page = send(HttpRequest.newBuilder(cluster.resolve("login.jsp")));
    String cookie =
        page.headers().allValues("Set-Cookie").stream()
            .map(set -> set.split(";", 2)[0])
            .collect(Collectors.joining("; "));
    String image = found(IMAGE, page.body());
    expect(200, send(HttpRequest.newBuilder(cluster.resolve(image)).header("Cookie", cookie)));
    HttpRequest.Builder form =
        HttpRequest.newBuilder(cluster.resolve("login"))
            .header("Cookie", cookie)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(FORM + found(ID, page.body())));
    expect(303, send(form));
  }

  private static String found(Pattern pattern, String page) {
    Matcher matcher = pattern.matcher(page);
    if (!matcher.find()) {
      throw new IllegalStateException("The demo's page has no " + pattern + ": " + page);
    }
    return matcher.group(1);
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static void expect(int status, HttpResponse<String> response) {
    if (response.statusCode() != status) {
      throw new IllegalStateException(response + ": " + response.body());
    }
  }
}
