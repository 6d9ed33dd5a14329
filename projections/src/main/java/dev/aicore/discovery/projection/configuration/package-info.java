/** What configurations are and were, and what they have to be like. */
@NullMarked
package dev.aicore.discovery.projection.configuration;

import org.jspecify.annotations.NullMarked;
