/** What a write costs from its request to its answer: the whole command side on its own PostgreSQL, in this process. */
@NullMarked
package dev.aicore.discovery.bench.writes;

import org.jspecify.annotations.NullMarked;
