@NullMarked
package dev.aicore.discovery.config.redis;

import org.jspecify.annotations.NullMarked;
