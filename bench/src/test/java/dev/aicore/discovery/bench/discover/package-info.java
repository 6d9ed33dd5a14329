@NullMarked
package dev.aicore.discovery.bench.discover;

import org.jspecify.annotations.NullMarked;
