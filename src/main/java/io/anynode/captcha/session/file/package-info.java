/** Sessions as files in a folder that every node sees. */
@NullMarked
package io.anynode.captcha.session.file;

import org.jspecify.annotations.NullMarked;
