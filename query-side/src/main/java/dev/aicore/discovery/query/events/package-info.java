/** The facts of the store, as they were written, one after another. */
@NullMarked
package dev.aicore.discovery.query.events;

import org.jspecify.annotations.NullMarked;
