/** The only place that reads a clock, makes a random id or sleeps. */
@NullMarked
package dev.aicore.discovery.config.time;

import org.jspecify.annotations.NullMarked;
