/** What a process keeps of services in memory, ready to be answered. */
@NullMarked
package dev.aicore.discovery.query.snapshot;

import org.jspecify.annotations.NullMarked;
