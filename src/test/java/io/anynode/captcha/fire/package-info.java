/**
 * The captcha under fire: real workers under load while what they stand on fails. {@code mvn verify
 * -Pfire} runs all of it; the classes without the tag {@code fire} run at each build.
 */
@NullMarked
package io.anynode.captcha.fire;

import org.jspecify.annotations.NullMarked;
