package io.anynode.captcha.bench;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/**
 * What a request pays for the captcha that has nothing to do with it: a GET of a page that is not
 * guarded, by a visitor without a session, through all of our filters.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Thread)
@NullUnmarked // JMH calls start() first
public class UnguardedBenchmark {

  private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/page");
  private final MockHttpServletResponse response = new MockHttpServletResponse();
  private EmbeddedNode node;
  private Filter filter;
  private FilterChain end;
  private long served;

  /** Takes the filters out of a Tomcat, with the settings that people begin with. */
  @Setup
  public void start() {
    node =
        EmbeddedNode.start(
            context -> {}, "captcha.session.store=memory", "captcha.protect.login.path=/login");
    filter = node.filter();
    end = (asked, answered) -> served++;
    request.setServletPath("/page");
  }

  /** Ends that Tomcat. */
  @TearDown
  public void stop() {
    node.close();
  }

  /** Through the filters to a page that does nothing. */
  @Benchmark
  public long filtered() throws IOException, ServletException {
    filter.doFilter(request, response, end);
    return served;
  }

  /** The page that does nothing: what of it is the benchmark's own. */
  @Benchmark
  public long alone() throws IOException, ServletException {
    end.doFilter(request, response);
    return served;
  }
}
