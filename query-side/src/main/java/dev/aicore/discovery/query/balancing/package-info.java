/** Discovery: which instances of a service, and in which order. */
@NullMarked
package dev.aicore.discovery.query.balancing;

import org.jspecify.annotations.NullMarked;
