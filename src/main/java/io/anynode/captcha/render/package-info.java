/**
 * Pictures: the text of a challenge drawn by simplecaptcha with producers and glyphs of our own.
 * And sounds: the same text spoken.
 */
@NullMarked
package io.anynode.captcha.render;

import org.jspecify.annotations.NullMarked;
