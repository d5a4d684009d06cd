/** The settings: read from the container's usual places, validated together, then frozen. */
@NullMarked
package io.anynode.captcha.settings;

import org.jspecify.annotations.NullMarked;
