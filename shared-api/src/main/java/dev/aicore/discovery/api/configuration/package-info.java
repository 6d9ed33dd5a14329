/** Versioned configurations of services: what is asked for, what happens, and what is told of it. */
@NullMarked
package dev.aicore.discovery.api.configuration;

import org.jspecify.annotations.NullMarked;
