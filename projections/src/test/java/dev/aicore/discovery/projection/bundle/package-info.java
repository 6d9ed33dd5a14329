@NullMarked
package dev.aicore.discovery.projection.bundle;

import org.jspecify.annotations.NullMarked;
