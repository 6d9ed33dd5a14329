@NullMarked
package dev.aicore.discovery.projection;

import org.jspecify.annotations.NullMarked;
