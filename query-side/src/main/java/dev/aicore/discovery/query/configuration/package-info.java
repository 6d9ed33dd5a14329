/** Configurations as they are and were: answers, differences, and telling callers of changes. */
@NullMarked
package dev.aicore.discovery.query.configuration;

import org.jspecify.annotations.NullMarked;
