/** What comes from outside, and anything in its place. */
@NullMarked
package io.anynode.captcha.fuzz;

import org.jspecify.annotations.NullMarked;
