@NullMarked
package dev.aicore.discovery.projection.cache;

import org.jspecify.annotations.NullMarked;
