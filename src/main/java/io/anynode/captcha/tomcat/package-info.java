/**
 * What stands in Tomcat itself: the valve before its FORM login, which no filter sees.
 *
 * <p>Tomcat loads a valve from its own {@code lib}, where the rest of this library need not be: so
 * this package uses Tomcat and the JDK alone, and finds the application's captcha by an attribute
 * of the servlet context.
 */
@NullMarked
package io.anynode.captcha.tomcat;

import org.jspecify.annotations.NullMarked;
