/**
 * What is read of a request before an application reads it, and the short answers that stand in for
 * an application's: shared by the rooms that stand before one.
 */
@NullMarked
package io.anynode.captcha.http;

import org.jspecify.annotations.NullMarked;
