@NullMarked
package dev.aicore.discovery.projection.rebuild;

import org.jspecify.annotations.NullMarked;
