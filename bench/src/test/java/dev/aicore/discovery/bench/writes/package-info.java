@NullMarked
package dev.aicore.discovery.bench.writes;

import org.jspecify.annotations.NullMarked;
