package io.anynode.captcha.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpFilter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code captcha.order=after:…} where the container does not tell what a filter is mapped to. */
class JettyOrderIT {

  /** A filter of the application's. */
  static final class Encoding extends HttpFilter {
    private static final long serialVersionUID = 1L;
  }

  private static final String WEB_XML =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
        <filter>
          <filter-name>encoding</filter-name>
          <filter-class>io.anynode.captcha.container.JettyOrderIT$Encoding</filter-class>
        </filter>
        <filter-mapping>
          <filter-name>encoding</filter-name>
          <url-pattern>/*</url-pattern>
        </filter-mapping>
      </web-app>
      """;

  @Test
  void jettyRefusesAnOrderThatItCannotKeepAndSaysWhy(@TempDir Path wars) {
    Path war =
        OldApplication.war(Map.of("captcha.order", "after:encoding"))
            .text("WEB-INF/web.xml", WEB_XML)
            .classOf(Encoding.class)
            .library(DropinJar.path())
            .write(wars, "old");
    Node node = new Node().war(war).setting("captcha.session.store", "memory");
    try (RealContainer jetty = RealContainer.start(Jetty.with("ee10"), node)) {
      jetty.await("/old/login.jsp", 503);
      assertThat(jetty.log())
          .contains("Anynode Captcha did not start")
          .contains("captcha.order names the filter 'encoding'")
          .contains("captcha.order can only be first");
    }
  }
}
