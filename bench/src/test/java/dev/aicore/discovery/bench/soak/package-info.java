@NullMarked
package dev.aicore.discovery.bench.soak;

import org.jspecify.annotations.NullMarked;
