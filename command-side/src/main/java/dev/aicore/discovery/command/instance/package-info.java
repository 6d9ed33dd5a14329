@NullMarked
package dev.aicore.discovery.command.instance;

import org.jspecify.annotations.NullMarked;
