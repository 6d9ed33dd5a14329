@NullMarked
package dev.aicore.discovery.eventstore.axon;

import org.jspecify.annotations.NullMarked;
