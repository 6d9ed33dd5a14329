/** What happened to an instance. */
@NullMarked
package dev.aicore.discovery.query.history;

import org.jspecify.annotations.NullMarked;
