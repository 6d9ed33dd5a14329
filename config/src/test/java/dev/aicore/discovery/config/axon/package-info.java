@NullMarked
package dev.aicore.discovery.config.axon;

import org.jspecify.annotations.NullMarked;
