/**
 * What is asked: challenges, their makers and answers, and the sealed text that a session holds.
 */
@NullMarked
package io.anynode.captcha.challenge;

import org.jspecify.annotations.NullMarked;
