/** Load over HTTP: wrk where there is one, and a generator of ours that doesn't slow down with the server. */
@NullMarked
package dev.aicore.discovery.bench.load;

import org.jspecify.annotations.NullMarked;
