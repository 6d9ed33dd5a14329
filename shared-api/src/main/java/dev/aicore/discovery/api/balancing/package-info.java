@NullMarked
package dev.aicore.discovery.api.balancing;

import org.jspecify.annotations.NullMarked;
