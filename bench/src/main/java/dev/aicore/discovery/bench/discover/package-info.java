/** How fast services are discovered over HTTP, beside what the same machine does at most. */
@NullMarked
package dev.aicore.discovery.bench.discover;

import org.jspecify.annotations.NullMarked;
