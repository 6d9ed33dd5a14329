@NullMarked
package dev.aicore.discovery.command.retention;

import org.jspecify.annotations.NullMarked;
