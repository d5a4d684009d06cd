/**
 * The tags of {@code META-INF/captcha.tld}, {@code urn:anynode:captcha}: a page's captcha as HTML.
 *
 * <p>Each tag writes what {@code Widget} makes of the request attribute {@code captcha}. This is
 * the only package that knows the JSP API, so that the library loads in containers without JSP.
 */
@NullMarked
package io.anynode.captcha.jsp;

import org.jspecify.annotations.NullMarked;
