@NullMarked
package dev.aicore.discovery.command.health;

import org.jspecify.annotations.NullMarked;
