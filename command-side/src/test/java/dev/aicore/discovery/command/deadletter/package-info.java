@NullMarked
package dev.aicore.discovery.command.deadletter;

import org.jspecify.annotations.NullMarked;
