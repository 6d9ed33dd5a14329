@NullMarked
package dev.aicore.discovery.api.wire;

import org.jspecify.annotations.NullMarked;
