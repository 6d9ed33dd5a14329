/** Answers from the documents in Redis, as long as they can be trusted. */
@NullMarked
package dev.aicore.discovery.query.cache;

import org.jspecify.annotations.NullMarked;
