@NullMarked
package dev.aicore.discovery.projection.publishing;

import org.jspecify.annotations.NullMarked;
