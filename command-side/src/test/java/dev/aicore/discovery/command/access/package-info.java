@NullMarked
package dev.aicore.discovery.command.access;

import org.jspecify.annotations.NullMarked;
