package dev.vmtest.trial;

import dev.vmtest.machine.Boot;
import dev.vmtest.machine.ConsoleAnswer;
import dev.vmtest.machine.ConsolePattern;
import dev.vmtest.machine.Limits;
import dev.vmtest.machine.Segment;
import dev.vmtest.result.Phase;
import java.util.List;

/**
 * Describe one boot of a trial before it happens. The install and the first boot are two of them.
 *
 * @param phase the phase that it is, which names its logs
 * @param boot what the machine starts from, with which drives
 * @param served what the guest fetches from this host
 * @param limits when the machine has had its time
 * @param expected what the console is expected to say
 * @param segments what is at the other end of each NIC; empty for what the machine's description names
 * @param staysUp what has happened when the guest of a machine that a person attends stays up
 */
record BootPlan(
        Phase phase,
        Boot boot,
        ReproduceScript.Served served,
        Limits limits,
        ConsoleTexts expected,
        List<Segment> segments,
        String staysUp) {

    BootPlan {
        segments = List.copyOf(segments);
    }

    /**
     * Say what is known before of the texts on a console.
     *
     * @param fatal those after which this boot leads nowhere
     * @param answers what is typed when the guest asks
     */
    record ConsoleTexts(List<ConsolePattern> fatal, List<ConsoleAnswer> answers) {

        ConsoleTexts {
            fatal = List.copyOf(fatal);
            answers = List.copyOf(answers);
        }
    }
}
