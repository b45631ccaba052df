package dev.vmtest.trial;

import dev.vmtest.machine.ConsoleFinding;
import dev.vmtest.machine.ConsoleLine;
import dev.vmtest.machine.MachineEnd;
import dev.vmtest.result.Evidence;
import java.util.ArrayList;
import java.util.List;

/** Make evidence of a line that a console said. */
final class ConsoleEvidence {

    private ConsoleEvidence() {}

    static Evidence of(String summary, ConsoleFinding finding, MachineEnd end, String lastEvent, String log) {
        List<String> context = new ArrayList<>();
        finding.before().stream().map(ConsoleLine::text).forEach(context::add);
        int badLine = context.size();
        context.add(finding.line().text());
        finding.after().stream().map(ConsoleLine::text).forEach(context::add);
        return new Evidence(summary, context, end.summary(), lastEvent, log, badLine);
    }
}
