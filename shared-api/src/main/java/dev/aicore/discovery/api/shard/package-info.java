@NullMarked
package dev.aicore.discovery.api.shard;

import org.jspecify.annotations.NullMarked;
