package dev.vmtest.installer.builtin;

import dev.vmtest.config.Problems;
import dev.vmtest.config.Suggestion;
import dev.vmtest.installconfig.InstallStage;
import dev.vmtest.installconfig.StageCommand;
import dev.vmtest.installer.CurtinCalls;
import java.util.List;

/**
 * Refuse the calls of {@code curtin} that the built-in installer's stand-in for it does not know.
 *
 * <p>The stand-in ({@code curtin-command.sh}) is found by its name in the install environment, and not in the target.
 */
final class StandIn {

    private static final String CURTIN = "curtin";
    private static final List<String> KNOWN = List.of(CurtinCalls.IN_TARGET, CurtinCalls.APT_CONFIG, "unmount");

    /** Options that give a sub-command its configuration. */
    private static final List<String> CONFIG = List.of("-c", "--config");

    private StandIn() {}

    static void refuseOthers(InstallStage stage, StageCommand command, Problems problems) {
        for (CurtinCalls.Call call : CurtinCalls.of(command)) {
            String remedy = remedy(call);
            if (!remedy.isEmpty()) {
                problems.add(
                        problems.isPlenty() ? command.location() : command.location(call.place()),
                        stage.key() + " '" + command.name() + "': the built-in installer has no " + call.shown()
                                + (call.inTarget() ? " in the target" : ""),
                        remedy);
            }
        }
    }

    private static String remedy(CurtinCalls.Call call) {
        if (call.inTarget()) {
            return "write the command itself, which 'curtin in-target' runs, or use --installer curtin";
        }
        boolean isAnswered = KNOWN.contains(call.subCommand())
                && (call.option().isEmpty()
                        || (call.subCommand().equals(CurtinCalls.APT_CONFIG) && CONFIG.contains(call.option())));
        if (call.program().equals(CURTIN) && isAnswered) {
            return "";
        }
        String nearest = Suggestion.didYouMean(call.subCommand(), KNOWN);
        return (nearest.isEmpty() ? "" : nearest + " ")
                + "it knows only 'curtin in-target', 'curtin apt-config' and 'curtin unmount'; use these, a plain command,"
                + " or --installer curtin";
    }
}
