@NullMarked
package dev.aicore.discovery.command.restore;

import org.jspecify.annotations.NullMarked;
