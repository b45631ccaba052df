package dev.vmtest.trial;

import dev.vmtest.files.NewFile;
import dev.vmtest.machine.Attendance;
import dev.vmtest.machine.Boot;
import dev.vmtest.machine.ConsoleFinding;
import dev.vmtest.machine.ConsoleLine;
import dev.vmtest.machine.Dialogue;
import dev.vmtest.machine.Firmware;
import dev.vmtest.machine.FirmwareFiles;
import dev.vmtest.machine.Machine;
import dev.vmtest.machine.MachineEnd;
import dev.vmtest.machine.MachineException;
import dev.vmtest.machine.MachineFiles;
import dev.vmtest.machine.MachineRequest;
import dev.vmtest.machine.ProcessorShare;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.Failure;
import dev.vmtest.result.FailureClass;
import dev.vmtest.result.Phase;
import dev.vmtest.result.Verdict;
import dev.vmtest.testcase.TestCase;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Run one boot of a test's machine to its end, whatever the end is. */
final class MachineBoots {

    private final RunContext context;
    private final TestCase test;
    private final Workspace workspace;
    private final Progress progress;

    MachineBoots(RunContext context, TestCase test, Workspace workspace, Progress progress) {
        this.context = context;
        this.test = test;
        this.workspace = workspace;
        this.progress = progress;
    }

    /** Hold a machine that has ended: how, and what its console still remembers. */
    record Ended(MachineEnd end, Machine machine) {

        /** Return the first line of the console after which no boot recovers, or else the first suspicious one. */
        Optional<ConsoleFinding> firstBad() {
            return machine.console()
                    .fatal()
                    .or(() -> machine.console().findings().stream().findFirst());
        }

        /**
         * End the test for what its guest did, unless the host gave the guest so little time that timeouts inside it
         * may have run out: a guest cannot be blamed for that.
         */
        PhaseFailure failure(Verdict verdict, Evidence evidence) {
            return machine.processors()
                    .filter(ProcessorShare::isCrowded)
                    .map(share -> new PhaseFailure(
                            Verdict.INFRASTRUCTURE,
                            evidence.withSummary("starved: the host was crowded, QEMU " + share.text()
                                            + "; so nothing is learned from what it looks like: " + evidence.summary())
                                    .withFailure(new Failure(FailureClass.STARVED, "QEMU " + share.text()))))
                    .orElseGet(() -> new PhaseFailure(verdict, evidence));
        }
    }

    /**
     * Boot and wait for the end.
     *
     * <p>Throws {@link ResumeFailure} if the boot was to resume and could not.
     *
     * @param plan which boot it is
     * @param time takes the time in which the guest ran
     * @param running told the machine once it runs
     * @param lines told each console line
     */
    Ended run(BootPlan plan, Progress.PhaseTime time, Consumer<Machine> running, Consumer<ConsoleLine> lines)
            throws Exception {
        Phase phase = plan.phase();
        MachineRequest request = new MachineRequest(
                test.machine(),
                plan.boot(),
                context.host().accelerator(),
                new MachineFiles(
                        workspace.disks(), firmwareCode(), workspace.console(phase), workspace.machineLog(phase)),
                plan.limits(),
                new Dialogue(
                        line -> {
                            lines.accept(line);
                            progress.console(phase, line);
                        },
                        plan.expected().fatal(),
                        plan.expected().answers(),
                        context.guests().attendance()),
                plan.segments());
        try {
            NewFile.write(
                    workspace.command(phase),
                    ReproduceScript.of(
                            request, workspace, plan.served(), context.host().machines()));
        } catch (MachineException trouble) {
            throw PhaseFailure.infrastructure(String.valueOf(trouble.getMessage()));
        }
        try (Machine machine = context.host().machines().start(request)) {
            running.accept(machine);
            announceAttendance(plan);
            MachineEnd end = machine.ended().get();
            time.guestRan(end.vmTime());
            String log =
                    workspace.directory().relativize(workspace.console(phase)).toString();
            machine.console().words().forEach(word -> progress.warning(log + ", " + word.text()));
            blameTheHost(phase, end);
            return new Ended(end, machine);
        } catch (MachineException trouble) {
            if (plan.boot().way() instanceof Boot.Way.Resume resume) {
                throw new ResumeFailure(resume.snapshot(), trouble);
            }
            throw PhaseFailure.infrastructure(String.valueOf(trouble.getMessage()));
        } catch (ExecutionException defect) {
            throw new IllegalStateException("a machine must end in a MachineEnd", defect.getCause());
        }
    }

    private void announceAttendance(BootPlan plan) {
        Attendance attendance = context.guests().attendance();
        if (attendance == null) {
            return;
        }
        String where = attendance.vnc() == null ? "" : "its screen is at " + attendance.vnc() + "; ";
        String how = attendance.terminal() == null
                ? "power it off to go on, or end the run with Ctrl-C"
                : "power it off (Ctrl-a p) to go on, or leave (Ctrl-a x); Ctrl-a h shows all keys";
        notice("the machine starts; " + where + "it stays up when "
                + plan.staysUp()
                + ": log in as the image's user (ubuntu, or debian on Debian) with the password passw0rd, " + how);
    }

    /** Tell the user something that decides nothing. */
    void notice(String text) {
        progress.notice(text);
    }

    /** Tell apart what says nothing about the installer: QEMU itself failed, or somebody cancelled. */
    private void blameTheHost(Phase phase, MachineEnd end) throws PhaseFailure {
        if (end instanceof MachineEnd.Cancelled && context.guests().attendance() != null) {
            throw new PhaseFailure(
                    Verdict.SKIPPED,
                    Evidence.of("left at the console during the phase " + phase.text() + ", so nothing was judged"));
        }
        if (end instanceof MachineEnd.QemuExited
                || end instanceof MachineEnd.HostTrouble
                || end instanceof MachineEnd.Cancelled) {
            throw new PhaseFailure(
                    Verdict.INFRASTRUCTURE, new Evidence(end.summary(), List.of(), end.summary(), "", ""));
        }
    }

    private @Nullable Path firmwareCode() throws MachineException {
        return test.machine().firmware() == Firmware.UEFI
                ? FirmwareFiles.find(test.machine().architecture()).code()
                : null;
    }
}
