@NullMarked
package dev.aicore.discovery.eventstore;

import org.jspecify.annotations.NullMarked;
