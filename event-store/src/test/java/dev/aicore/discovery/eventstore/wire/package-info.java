@NullMarked
package dev.aicore.discovery.eventstore.wire;

import org.jspecify.annotations.NullMarked;
