package io.anynode.captcha.bench;

import io.anynode.captcha.bench.load.Load;
import io.anynode.captcha.bench.load.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Visitors one after the other, for what is counted and not timed. For one thread. */
final class Walk {

  private final Load.Target target;
  private final CookieManager cookies = new CookieManager();
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .cookieHandler(cookies)
          .build();
  private int visitor;
  private int request;

  Walk(Load.Target target) {
    this.target = target;
  }

  /** Visitors who look at the page and its picture, and leave. */
  void look(int visitors) {
    walk(visitors, false);
  }

  /** Visitors who answer as well. */
  void answer(int visitors) {
    walk(visitors, true);
  }

  private void walk(int visitors, boolean answering) {
    try {
      for (int i = 0; i < visitors; i++) {
        visit(answering);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void visit(boolean answering) throws IOException, InterruptedException {
    boolean unused = cookies.getCookieStore().removeAll();
    visitor++;
    Page page = Page.read(send(to("/login").GET(), 200));
    if (page == null) {
      throw new IOException("no picture in the page");
    }
    String picture = send(to(page.picture()).GET(), 200);
    if (picture.isEmpty()) {
      throw new IOException("no bytes in the picture");
    }
    if (answering) {
      String id = page.id().isEmpty() ? "" : "&captcha-id=" + page.id();
      String body =
          send(
              to("/login")
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(BodyPublishers.ofString(target.answer() + id)),
              204);
      if (!body.isEmpty()) {
        throw new IOException("an accepted answer has a body");
      }
    }
  }

  private HttpRequest.Builder to(String path) {
    int number = target.sticky() ? visitor : request++;
    int port = target.ports().get(number % target.ports().size());
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .header("X-Forwarded-For", "10.1.%d.%d".formatted(visitor >> 8 & 255, visitor & 255));
  }

  private String send(HttpRequest.Builder request, int expected)
      throws IOException, InterruptedException {
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    if (response.statusCode() != expected) {
      throw new IOException(response + " instead of " + expected);
    }
    return response.body();
  }
}
