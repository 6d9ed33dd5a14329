@NullMarked
package dev.aicore.discovery.bench.discovery;

import org.jspecify.annotations.NullMarked;
