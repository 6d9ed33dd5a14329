@NullMarked
package dev.aicore.discovery.command.collector;

import org.jspecify.annotations.NullMarked;
