/** What is decided one after the other, beside the shards. */
@NullMarked
package dev.aicore.discovery.command.concurrent;

import org.jspecify.annotations.NullMarked;
