/** Facts that read models couldn't fold, as their administrators see them. */
@NullMarked
package dev.aicore.discovery.projection.deadletter;

import org.jspecify.annotations.NullMarked;
