/**
 * The first steps of {@code java -jar captcha.war}, with nothing but the JDK: these classes lie at
 * the WAR's root too, where {@code java -jar} finds them.
 */
@NullMarked
package io.anynode.captcha.server.launch;

import org.jspecify.annotations.NullMarked;
