@NullMarked
package dev.aicore.discovery.projection.axonserver;

import org.jspecify.annotations.NullMarked;
