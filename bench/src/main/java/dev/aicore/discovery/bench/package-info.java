@NullMarked
package dev.aicore.discovery.bench;

import org.jspecify.annotations.NullMarked;
