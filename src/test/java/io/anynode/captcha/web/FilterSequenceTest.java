package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterConfig;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Filters in one: their order, and what each is asked for. */
class FilterSequenceTest {

  private static final Set<DispatcherType> ALL = EnumSet.allOf(DispatcherType.class);

  private final List<String> said = new ArrayList<>();

  @Test
  void theyComeInTheirOrderAndTheApplicationLast() throws Exception {
    FilterSequence filters = sequence(part("first", ALL, true), part("second", ALL, true));
    ask(filters, DispatcherType.REQUEST);
    assertThat(said).containsExactly("first", "second", "application");
  }

  @Test
  void oneThatEndsTheChainIsTheLast() throws Exception {
    ask(sequence(part("first", ALL, false), part("second", ALL, true)), DispatcherType.REQUEST);
    assertThat(said).containsExactly("first");
  }

  @Test
  void oneIsPassedOverInDispatchesThatAreNotItsOwn() throws Exception {
    FilterSequence filters =
        sequence(
            part("requests", EnumSet.of(DispatcherType.REQUEST), false), part("all", ALL, true));
    ask(filters, DispatcherType.FORWARD);
    assertThat(said).containsExactly("all", "application");
  }

  @Test
  void eachBeginsAndEndsWithTheSequence() throws Exception {
    FilterSequence filters = sequence(part("first", ALL, true), part("second", ALL, true));
    filters.init(new MockFilterConfig());
    filters.destroy();
    assertThat(said).containsExactly("begin first", "begin second", "end first", "end second");
  }

  private void ask(FilterSequence filters, DispatcherType type)
      throws IOException, ServletException {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setDispatcherType(type);
    filters.doFilter(
        request, new MockHttpServletResponse(), (asked, response) -> said.add("application"));
  }

  private static FilterSequence sequence(FilterSequence.Part... parts) {
    return new FilterSequence(List.of(parts));
  }

  private FilterSequence.Part part(String name, Set<DispatcherType> dispatches, boolean lets) {
    Filter filter =
        new Filter() {
          @Override
          public void init(FilterConfig config) {
            said.add("begin " + name);
          }

          @Override
          public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
              throws IOException, ServletException {
            said.add(name);
            if (lets) {
              chain.doFilter(request, response);
            }
          }

          @Override
          public void destroy() {
            said.add("end " + name);
          }
        };
    return new FilterSequence.Part(filter, dispatches);
  }
}
