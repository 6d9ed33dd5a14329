@NullMarked
package dev.aicore.discovery.bench.load;

import org.jspecify.annotations.NullMarked;
