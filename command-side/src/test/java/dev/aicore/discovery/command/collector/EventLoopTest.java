package dev.aicore.discovery.command.collector;

import dev.aicore.discovery.config.testing.EventLoopContract;

class EventLoopTest extends EventLoopContract {}
