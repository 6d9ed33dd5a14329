/** Provides settings, time, metrics and tracing to all modules, by the packages below this one. */
@NullMarked
package dev.aicore.discovery.config;

import org.jspecify.annotations.NullMarked;
