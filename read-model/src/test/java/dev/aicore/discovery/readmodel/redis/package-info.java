@NullMarked
package dev.aicore.discovery.readmodel.redis;

import org.jspecify.annotations.NullMarked;
