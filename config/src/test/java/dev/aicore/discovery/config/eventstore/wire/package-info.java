@NullMarked
package dev.aicore.discovery.config.eventstore.wire;

import org.jspecify.annotations.NullMarked;
