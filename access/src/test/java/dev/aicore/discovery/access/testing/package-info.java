@NullMarked
package dev.aicore.discovery.access.testing;

import org.jspecify.annotations.NullMarked;
