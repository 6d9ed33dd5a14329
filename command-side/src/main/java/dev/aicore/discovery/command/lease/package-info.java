@NullMarked
package dev.aicore.discovery.command.lease;

import org.jspecify.annotations.NullMarked;
