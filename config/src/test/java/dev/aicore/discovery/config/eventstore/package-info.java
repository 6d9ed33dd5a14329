@NullMarked
package dev.aicore.discovery.config.eventstore;

import org.jspecify.annotations.NullMarked;
