/** Sessions in a database: PostgreSQL, MariaDB, MySQL, H2. Only this folder imports JDBC. */
@NullMarked
package io.anynode.captcha.session.jdbc;

import org.jspecify.annotations.NullMarked;
