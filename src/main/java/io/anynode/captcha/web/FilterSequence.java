package io.anynode.captcha.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * Filters as one, so that their order is ours: of filters that are mapped before all others,
 * GlassFish and Payara put each before those that came earlier, and a guard before its session
 * reads another one.
 */
final class FilterSequence implements Filter {

  /**
   * One of them.
   *
   * @param dispatches what it is asked for; it is passed over in the others
   */
  record Part(Filter filter, Set<DispatcherType> dispatches) {}

  private final List<Part> parts;

  /**
   * With its parts.
   *
   * @param parts the outermost first
   */
  FilterSequence(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  @Override
  public void init(FilterConfig config) throws ServletException {
    for (Part part : parts) {
      part.filter().init(config);
    }
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    from(0, chain).doFilter(request, response);
  }

  private FilterChain from(int index, FilterChain end) {
    if (index == parts.size()) {
      return end;
    }
    Part part = parts.get(index);
    FilterChain next = from(index + 1, end);
    return (request, response) -> {
      if (part.dispatches().contains(request.getDispatcherType())) {
        part.filter().doFilter(request, response, next);
      } else {
        next.doFilter(request, response);
      }
    };
  }

  @Override
  public void destroy() {
    parts.forEach(part -> part.filter().destroy());
  }
}
