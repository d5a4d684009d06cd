/** Real servers for tests, started from what Maven Central serves; nothing has to be installed. */
@NullMarked
package io.anynode.captcha.real;

import org.jspecify.annotations.NullMarked;
