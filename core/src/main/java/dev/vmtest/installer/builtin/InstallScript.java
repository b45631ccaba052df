package dev.vmtest.installer.builtin;

import dev.vmtest.config.ConfigText;
import dev.vmtest.config.MapValue;
import dev.vmtest.installconfig.InstallSection;
import dev.vmtest.installconfig.PowerState;
import dev.vmtest.installconfig.ProxyConfig;
import dev.vmtest.secret.Secret;
import dev.vmtest.text.Printable;
import dev.vmtest.text.TextResource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Put a script together: settings, the shell library, the stages, and what runs them. */
final class InstallScript {

    private static final List<String> LIBRARY = List.of(
            "report.sh",
            "disks.sh",
            "paths.sh",
            "holders.sh",
            "stacks.sh",
            "zfs.sh",
            "preserve.sh",
            "volumes.sh",
            "target.sh",
            "kernel.sh",
            "sources.sh",
            "firmware.sh",
            "apt.sh",
            "power.sh");
    private static final String MAIN = "main.sh";

    /** The stand-in for curtin's command, which needs its own copy of the library's parts on targets. */
    private static final String COMMAND = "curtin-command.sh";

    /** What lies beside the stand-in. */
    private static final List<String> COMMAND_LIBRARY = List.of("target.sh", "apt.sh", "apt-steps");

    private final InstallPlan plan;
    private final ScriptWriter script;

    private InstallScript(InstallPlan plan, ScriptWriter script) {
        this.plan = plan;
        this.script = script;
    }

    static String of(InstallPlan plan, String version, ScriptWriter script) {
        InstallScript written = new InstallScript(plan, script);
        written.writeHead(version);
        written.writeSettings(version);
        LIBRARY.forEach(name -> written.script.raw("\n" + resource(name)));
        written.writeCommand();
        written.writeDescriptions();
        plan.stages().forEach(written::writeStage);
        written.script.raw("");
        written.script.declareDevices();
        written.script.raw("\n" + resource(MAIN));
        return written.script.text();
    }

    private void writeHead(String version) {
        script.raw("#!/bin/sh");
        script.raw("# What the built-in installer of vmtest " + Printable.line(version) + " does with "
                + Printable.line(plan.settings().title()) + ".");
        script.raw("# The steps stand below, stage by stage, each with the place in the YAML that asked for it.");
        script.raw("# shellcheck disable=SC2016 # quoted texts are meant to stay as they are");
        script.raw("set -eu");
        script.raw("export LC_ALL=C PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    }

    private void writeSettings(String version) {
        PlanSettings settings = plan.settings();
        InstallSection install = settings.install();
        script.raw("");
        script.assign("vmtest_version", version);
        script.assign("log_file", install.logFile());
        script.assign("log_append", install.logFileAppend() ? "yes" : "no");
        script.assign("post_files", String.join("\n", install.postFiles()));
        script.assign("save_config", orEmpty(install.saveInstallConfig()));
        script.assign("save_log", orEmpty(install.saveInstallLog()));
        script.assign("error_archive", orEmpty(install.errorTarfile()));
        script.assign("target", orEmpty(install.target()));
        script.assign("unmount_target", install.unmount() ? "yes" : "no");
        script.assign("resume_data", orEmpty(install.resumeData()));
        script.assign("report_endpoints", addresses(settings.endpoints()));
        script.assign("report_prints", settings.onConsole() ? "yes" : "no");
        script.assign("report_journal", settings.journal());
        script.assign("disk_wait", "30");
        PowerState power = settings.powerState();
        script.assign("power_mode", power == null ? "" : power.mode().toLowerCase(Locale.ROOT));
        script.assign("power_delay", power == null ? "" : orEmpty(power.delay()));
        script.assign("power_message", power == null ? "" : orEmpty(power.message()));
        ProxyConfig proxy = settings.proxy();
        export("http_proxy", proxy.httpProxy());
        export("https_proxy", proxy.httpsProxy());
        export("no_proxy", Secret.ofAddress(proxy.noProxy()));
    }

    private void export(String variable, @Nullable Secret value) {
        if (value != null && !value.reveal().isEmpty()) {
            script.assign("export " + variable, value);
        }
    }

    /** The addresses in one text, which is shown without the passwords in it. */
    private static Secret addresses(List<Secret> endpoints) {
        return Objects.requireNonNull(
                Secret.ofAddress(endpoints.stream().map(Secret::reveal).collect(Collectors.joining(" "))));
    }

    private void writeCommand() {
        script.raw("\n# Writes the command that stands in for curtin inside the configuration's commands.");
        script.raw("write_curtin_command() {");
        script.raw("cat >\"$1/curtin\" <<'END_OF_COMMAND'");
        script.raw(resource(COMMAND));
        script.raw("END_OF_COMMAND");
        COMMAND_LIBRARY.forEach(name -> {
            script.raw("cat >\"$1/" + name + "\" <<'END_OF_LIBRARY'");
            script.raw(resource(name));
            script.raw("END_OF_LIBRARY");
        });
        script.raw("    chmod 0755 \"$1/curtin\"");
        script.raw("}");
        script.raw("\nwrite_configuration() {");
        MapValue config = plan.settings().config();
        script.callWithText(new Secret(ConfigText.yaml(config)), "cat", new ScriptWriter.Word(">\"$1.yaml\""));
        script.callWithText(new Secret(ConfigText.json(config) + "\n"), "cat", new ScriptWriter.Word(">\"$1\""));
        script.raw("}");
    }

    private void writeDescriptions() {
        script.raw("\nstage_names='"
                + plan.stages().stream().map(stage -> stage.stage().text()).collect(Collectors.joining(" ")) + "'");
        script.raw("\n# Prints what the events of a stage describe it as.");
        script.raw("stage_text() {");
        script.raw("    case $1 in");
        plan.stages()
                .forEach(stage -> script.raw("        " + stage.stage().text() + ") echo "
                        + ScriptWriter.quote(stage.description()) + " ;;"));
        script.raw("    esac");
        script.raw("}");
    }

    private void writeStage(PlannedStage stage) {
        script.raw("\nin_stage_" + stage.stage().text() + "() {");
        // A function needs a command, also when a stage has no steps.
        script.raw("    :");
        for (PlannedStep step : stage.steps()) {
            script.raw("");
            script.raw("    # " + Printable.line(step.subject()) + " ("
                    + Printable.line(step.location().toString()) + "): "
                    + Printable.line(step.step().describe()));
            script.call(
                    "at",
                    step.location().toString(),
                    step.subject(),
                    step.step().describe());
            step.step().write(script);
        }
        script.raw("}");
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String resource(String name) {
        return TextResource.beside(InstallScript.class, name);
    }
}
