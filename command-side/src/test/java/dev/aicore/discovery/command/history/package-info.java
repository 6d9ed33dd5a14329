@NullMarked
package dev.aicore.discovery.command.history;

import org.jspecify.annotations.NullMarked;
