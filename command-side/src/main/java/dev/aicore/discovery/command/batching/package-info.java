@NullMarked
package dev.aicore.discovery.command.batching;

import org.jspecify.annotations.NullMarked;
