@NullMarked
package dev.aicore.discovery.command.shard;

import org.jspecify.annotations.NullMarked;
