package dev.penstock.collector;

/** The parts of one collector that its connections share. */
record CollectorContext(
        CollectorOptions options,
        EventStore store,
        RouteScript script,
        HangGate gate,
        RecordFile recordFile,
        FlagState flags,
        LogState logs,
        Tries tries) {}
